import type { Connection } from "vscode-languageserver";
import { dryRunRequest, exportDryRunRequest } from "../protocol/dry-run.ts";
import {
  applyRequest,
  createSandboxRequest,
  deployCheckRequest,
  repairRequest,
  sandboxOperationsRequest,
  systemsRequest,
  undoRequest,
} from "../protocol/sandbox.ts";
import { answer } from "./answer.ts";
import type { OpenDocument } from "./open-documents.ts";
import type { Settings } from "./settings.ts";

/** What dry runs and sandboxes need to know of the editor. */
export interface Surroundings {
  readonly connection: Connection;
  /** Undefined for what is not open. */
  documentOf(uri: string): OpenDocument | undefined;
  settingsFor(uri: string): Promise<Settings>;
  /** The innermost workspace folder that a file lies in. */
  workspaceFolderOf(path: string | undefined): string | undefined;
  /** Absolute paths. */
  workspaceFolders(): readonly string[];
  isTrusted(): boolean;
  /** Absolute path; undefined for an editor that keeps none for us. */
  storageFolder(): string | undefined;
}

/**
 * Answers what is asked about dry runs and sandboxes. What does the work is loaded with the first question, so that
 * nobody waits for it who has none.
 */
export function answerDryRunRequests(surroundings: Surroundings): void {
  const { connection } = surroundings;
  const dryRuns = () => import("./dry-run.ts");
  const sandboxes = () => import("./sandbox.ts");

  answer(connection, dryRunRequest, async (params, cancelled) =>
    (await dryRuns()).dryRunForEditor(params, surroundings, cancelled),
  );
  answer(connection, exportDryRunRequest, async (params, cancelled) =>
    (await dryRuns()).exportForEditor(params, surroundings, cancelled),
  );
  answer(connection, systemsRequest, async (params) =>
    (await import("./systems.ts")).systemsForEditor(params, surroundings),
  );
  answer(connection, createSandboxRequest, async (params) =>
    (await sandboxes()).createForEditor(params, surroundings),
  );
  answer(connection, applyRequest, async (params, cancelled) =>
    (await sandboxes()).applyForEditor(params, surroundings, cancelled),
  );
  answer(connection, sandboxOperationsRequest, async (params) =>
    (await import("./sandbox-past.ts")).operationsForEditor(params, surroundings),
  );
  answer(connection, undoRequest, async (params, cancelled) =>
    (await sandboxes()).undoForEditor(params, surroundings, cancelled),
  );
  answer(connection, repairRequest, async (params) =>
    (await import("./repair-sandbox.ts")).repairForEditor(params),
  );
  answer(connection, deployCheckRequest, async (params) =>
    (await sandboxes()).deployCheckForEditor(params, surroundings),
  );
}
