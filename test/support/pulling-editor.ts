import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type {
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { CancellationTokenSource, ProgressType } from "vscode-languageserver/node";
import { fileUri, fullClient, LanguageClient, type PublishedDiagnostics } from "./language-client.ts";

export const pullingClient: InitializeParams["capabilities"] = {
  ...fullClient.capabilities,
  workspace: { ...fullClient.capabilities.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...fullClient.capabilities.textDocument, diagnostic: {} },
};

const piecesOf = new ProgressType<WorkspaceDiagnosticReport>();

/** An editor that asks for findings, and keeps everything that it gets. */
export class PullingEditor extends LanguageClient {
  /** What came without being asked for. */
  readonly pushed: PublishedDiagnostics[] = [];
  refreshes = 0;
  #onEvent: (() => void)[] = [];
  #pulls = 0;

  /** One that is gone after the test. */
  static async started(
    test: TestContext,
    {
      folders = [],
      settings = {},
      capabilities = pullingClient,
    }: {
      readonly folders?: readonly string[];
      readonly settings?: unknown;
      readonly capabilities?: InitializeParams["capabilities"];
    } = {},
  ): Promise<PullingEditor> {
    const editor = new PullingEditor();
    test.after(() => (editor.process.exitCode === null ? editor.stop() : undefined));
    editor.settings = settings;
    editor.connection.onRequest("workspace/diagnostic/refresh", () => {
      editor.refreshes++;
      editor.#tell();
      return null;
    });
    editor.connection.onNotification("textDocument/publishDiagnostics", (published: PublishedDiagnostics) => {
      editor.pushed.push(published);
      editor.#tell();
    });
    const workspaceFolders = folders.map((path) => ({ uri: fileUri(path), name: "ws" }));
    await editor.initialize({ capabilities, workspaceFolders });
    return editor;
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId });
  }

  /** Asks about all files, piece by piece. */
  pullWorkspace(previousResultIds: readonly { uri: string; value: string }[] = []): WorkspacePull {
    const token = ++this.#pulls;
    const cancellation = new CancellationTokenSource();
    const reports: WorkspaceDocumentDiagnosticReport[] = [];
    this.connection.onProgress(piecesOf, token, ({ items }) => {
      reports.push(...items);
      this.#tell();
    });
    const params = { previousResultIds, partialResultToken: token };
    const ended = this.connection.sendRequest<WorkspaceDiagnosticReport>(
      "workspace/diagnostic",
      params,
      cancellation.token,
    );
    return { reports, ended, cancel: () => cancellation.cancel() };
  }

  /** Ends when something that came has made it true. */
  async until(what: string, isTrue: () => boolean, seconds = 20): Promise<void> {
    let late = (): void => undefined;
    const isLate = new Promise<never>((_, reject) => {
      late = () => reject(new Error(`not within ${seconds} seconds: ${what}`));
    });
    const timer = setTimeout(() => late(), 1000 * seconds);
    try {
      while (!isTrue())
        await Promise.race([isLate, new Promise<void>((resolve) => this.#onEvent.push(resolve))]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends when the server has answered all that came before. */
  async caughtUp(): Promise<void> {
    await assert.rejects(this.request("sopm/unheardOf", {}));
  }

  changeFiles(...changes: readonly (readonly [path: string, type: 1 | 2 | 3])[]): Promise<void> {
    return this.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: changes.map(([path, type]) => ({ uri: fileUri(path), type })),
    });
  }

  openText(uri: string, text: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "sopm", version: 1, text },
    });
  }

  changeText(uri: string, version: number, text: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  closeText(uri: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  #tell(): void {
    const listeners = this.#onEvent;
    this.#onEvent = [];
    for (const listener of listeners) listener();
  }
}

export interface WorkspacePull {
  /** What has come so far. */
  readonly reports: readonly WorkspaceDocumentDiagnosticReport[];
  readonly ended: Promise<WorkspaceDiagnosticReport>;
  cancel(): void;
}

/** The rules of findings, or that there is nothing new. */
export function rulesOf(report: DocumentDiagnosticReport): readonly unknown[] | "unchanged" {
  return report.kind === "full" ? codesOf(report.items) : report.kind;
}

export function codesOf(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}
