import type { CancellationToken, Connection } from "vscode-languageserver";
import { failureOf } from "./failure.ts";
import type { OpenDocument } from "./open-documents.ts";
import {
  type ApplyParams,
  applyRequest,
  type CreateSandboxParams,
  createSandboxRequest,
  type DryRunParams,
  deployCheckRequest,
  dryRunRequest,
  type ExportDryRunParams,
  exportDryRunRequest,
  repairRequest,
  type SandboxParams,
  type SystemsParams,
  sandboxOperationsRequest,
  systemsRequest,
  type UndoParams,
  undoRequest,
} from "./protocol.ts";
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

  /** A question that fails is answered too, and never takes the server down. */
  function answer<Params, Result>(
    method: string,
    work: (params: Params, cancelled: AbortSignal) => Promise<Result>,
  ): void {
    connection.onRequest(method, async (params: Params, cancellation: CancellationToken) => {
      const controller = new AbortController();
      cancellation.onCancellationRequested(() => controller.abort());
      if (cancellation.isCancellationRequested) return { kind: "cancelled" };
      try {
        return await work(params, controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return { kind: "cancelled" };
        return failureOf(connection, method, error);
      }
    });
  }

  answer(dryRunRequest, async (params: DryRunParams, cancelled) =>
    (await dryRuns()).dryRunForEditor(params, surroundings, cancelled),
  );
  answer(exportDryRunRequest, async (params: ExportDryRunParams, cancelled) =>
    (await dryRuns()).exportForEditor(params, surroundings, cancelled),
  );
  answer(systemsRequest, async (params: SystemsParams) =>
    (await import("./systems.ts")).systemsForEditor(params, surroundings),
  );
  answer(createSandboxRequest, async (params: CreateSandboxParams) =>
    (await sandboxes()).createForEditor(params, surroundings),
  );
  answer(applyRequest, async (params: ApplyParams, cancelled) =>
    (await sandboxes()).applyForEditor(params, surroundings, cancelled),
  );
  answer(sandboxOperationsRequest, async (params: SandboxParams) =>
    (await import("./sandbox-past.ts")).operationsForEditor(params, surroundings),
  );
  answer(undoRequest, async (params: UndoParams, cancelled) =>
    (await sandboxes()).undoForEditor(params, surroundings, cancelled),
  );
  answer(repairRequest, async (params: SandboxParams) =>
    (await import("./repair-sandbox.ts")).repairForEditor(params),
  );
  answer(deployCheckRequest, async (params: SandboxParams) =>
    (await sandboxes()).deployCheckForEditor(params, surroundings),
  );
}
