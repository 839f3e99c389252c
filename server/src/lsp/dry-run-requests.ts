import type { LintResult } from "../engine/lint.ts";
import { dryRunRequest, exportDryRunRequest } from "../protocol/dry-run.ts";
import {
  applyRequest,
  createSandboxRequest,
  deployCheckRequest,
  dropRequest,
  repairRequest,
  sandboxOperationsRequest,
  systemsRequest,
  undoRequest,
} from "../protocol/sandbox.ts";
import { scenariosRequest } from "../protocol/scenarios.ts";
import { verifyRequest } from "../protocol/verify.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { answer } from "./answer.ts";
import { answerRepositoryRequests } from "./repository-requests.ts";
import { answerSandboxViews } from "./sandbox-view-requests.ts";
import type { Session } from "./session.ts";

/**
 * Answers what is asked about dry runs and sandboxes. What does the work is loaded with the first question, so that
 * nobody waits for it who has none.
 *
 * @param found what is wrong with a document; undefined when it is changed before that is known
 */
export function answerDryRunRequests(
  session: Session,
  found: (document: OpenDocument) => Promise<LintResult | undefined>,
): void {
  const dryRuns = () => import("./dry-run.ts");
  const sandboxes = () => import("./sandbox.ts");
  const views = answerSandboxViews(session);
  const repositories = answerRepositoryRequests(session, views);
  const changed = (folder: string) => {
    views.changed(folder);
    repositories.changed();
  };

  answer(session, dryRunRequest, async (params, cancelled) =>
    (await dryRuns()).dryRunForEditor(params, session, found, cancelled),
  );
  answer(session, exportDryRunRequest, async (params, cancelled) =>
    (await dryRuns()).exportForEditor(params, session, cancelled),
  );
  answer(session, verifyRequest, async (params, cancelled) =>
    (await import("./verify.ts")).verifyForEditor(params, session, cancelled),
  );
  answer(session, scenariosRequest, async (params) =>
    (await import("./scenarios.ts")).scenariosForEditor(params, session),
  );
  answer(session, systemsRequest, async (params) =>
    (await import("./systems.ts")).systemsForEditor(params, session),
  );
  answer(session, createSandboxRequest, async (params) => {
    const made = await (await sandboxes()).createForEditor(params, session);
    if (made.kind === "made") changed(made.sandbox.folder);
    return made;
  });
  answer(session, applyRequest, async (params, cancelled) => {
    const outcome = await (await sandboxes()).applyForEditor(params, session, cancelled);
    if (outcome.kind === "applied") changed(outcome.sandbox.folder);
    return outcome;
  });
  answer(session, sandboxOperationsRequest, async (params) =>
    (await import("./sandbox-past.ts")).operationsForEditor(params, session),
  );
  answer(session, undoRequest, async (params, cancelled) => {
    const outcome = await (await sandboxes()).undoForEditor(params, session, cancelled);
    if (outcome.kind === "undone") changed(params.folder);
    return outcome;
  });
  answer(session, repairRequest, async (params) => {
    const { repairForEditor } = await import("./repair-sandbox.ts");
    // One that fails may have done a part of it.
    return repairForEditor(params, session).finally(() => changed(params.folder));
  });
  answer(session, dropRequest, async (params) => {
    const { dropForEditor } = await import("./drop-sandbox.ts");
    // The folder may be gone when its databases are not.
    return dropForEditor(params, session).finally(() => changed(params.folder));
  });
  answer(session, deployCheckRequest, async (params) =>
    (await sandboxes()).deployCheckForEditor(params, session),
  );
}
