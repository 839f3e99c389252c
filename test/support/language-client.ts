import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, InitializeParams, InitializeResult } from "vscode-languageserver";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

/** The bundled server, as `npm run build` makes it. */
export const serverBundle = join(import.meta.dirname, "../../dist/server.js");

export interface PublishedDiagnostics {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What an editor says of itself that can do whatever the server asks for, but for watching files. */
export const fullClient: Pick<InitializeParams, "capabilities"> = {
  capabilities: {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      didChangeConfiguration: { dynamicRegistration: true },
      workspaceEdit: { documentChanges: true },
    },
    textDocument: {
      inlayHint: { resolveSupport: { properties: ["tooltip"] } },
      semanticTokens: {
        requests: { range: true, full: { delta: true } },
        tokenTypes: [],
        tokenModifiers: [],
        formats: ["relative"],
      },
      hover: { contentFormat: ["markdown", "plaintext"] },
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: ["markdown", "plaintext"],
          insertTextModeSupport: { valueSet: [1, 2] },
        },
        completionItemKind: { valueSet: numbers(25) },
      },
      documentSymbol: {
        hierarchicalDocumentSymbolSupport: true,
        symbolKind: { valueSet: numbers(26) },
      },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
      publishDiagnostics: {
        relatedInformation: true,
        versionSupport: true,
        codeDescriptionSupport: true,
        tagSupport: { valueSet: [1, 2] },
      },
    },
  },
};

function numbers<Value extends number>(last: number): Value[] {
  return Array.from({ length: last }, (_, index) => (index + 1) as Value);
}

/** An editor without a face: starts a server over stdio and speaks the protocol to it. */
export class LanguageClient {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** What the editor's settings say; sent when the server asks. */
  settings: unknown = {};
  capabilities!: InitializeResult["capabilities"];
  readonly #waiting: {
    matches: (published: PublishedDiagnostics) => boolean;
    resolve: (published: PublishedDiagnostics) => void;
  }[] = [];
  readonly #versions = new Map<string, number>();

  constructor(server = serverBundle, words: readonly string[] = ["--stdio"]) {
    this.process = spawn(process.execPath, [server, ...words], { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (published: PublishedDiagnostics) => {
      for (const waiter of [...this.#waiting]) {
        if (!waiter.matches(published)) continue;
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        waiter.resolve(published);
      }
    });
    this.connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.listen();
  }

  async initialize(params: Partial<InitializeParams> = {}): Promise<InitializeResult> {
    const result = await this.connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      ...fullClient,
      workspaceFolders: null,
      ...params,
    });
    this.capabilities = result.capabilities;
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  /** Opens a document and waits for its first diagnostics that satisfy `until`. */
  async open(
    uri: string,
    text: string,
    until: (published: PublishedDiagnostics) => boolean = () => true,
    languageId = "sopm",
  ): Promise<PublishedDiagnostics> {
    this.#versions.set(uri, 1);
    const published = this.diagnostics((each) => each.uri === uri && until(each));
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
    return published;
  }

  /** Applies LSP content changes and waits for the diagnostics of the new version. */
  async change(uri: string, contentChanges: readonly unknown[]): Promise<PublishedDiagnostics> {
    return this.changeQuickly(uri, [contentChanges]);
  }

  /** Sends one notification after the other without waiting, and waits for the diagnostics of the last version. */
  async changeQuickly(uri: string, changes: readonly (readonly unknown[])[]): Promise<PublishedDiagnostics> {
    const before = this.#versions.get(uri) ?? 0;
    const last = before + changes.length;
    this.#versions.set(uri, last);
    const published = this.diagnostics((each) => each.uri === uri && each.version === last);
    for (const [index, contentChanges] of changes.entries()) {
      await this.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: before + index + 1 },
        contentChanges,
      });
    }
    return published;
  }

  /** The next diagnostics that match; rejects when they do not come, so that a test fails instead of hanging. */
  diagnostics(
    matches: (published: PublishedDiagnostics) => boolean,
    seconds = 10,
  ): Promise<PublishedDiagnostics> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no such diagnostics within ${seconds} seconds`)),
        1000 * seconds,
      );
      this.#waiting.push({
        matches,
        resolve: (published) => {
          clearTimeout(timer);
          resolve(published);
        },
      });
    });
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await ended;
    this.connection.dispose();
  }
}

/** A URI of a file that need not exist. */
export function fileUri(path: string): string {
  return pathToFileURL(path).href;
}
