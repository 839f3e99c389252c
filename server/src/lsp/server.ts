import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { docsPage } from "../host/node/data-file.ts";
import { chooseLanguage } from "../host/node/language.ts";
import { version } from "../version.ts";
import { DiagnosticPublisher } from "./diagnostics.ts";
import { OpenDocument, OpenDocuments } from "./open-documents.ts";
import { readSettings } from "./settings.ts";

/** Answers an editor over a connection until that ends. */
export function startServer(connection: Connection): void {
  const documents = new OpenDocuments();
  const publisher = new DiagnosticPublisher(
    connection,
    (rule) => pathToFileURL(docsPage(`rules/${rule}.md`)).href,
    (document) => documents.get(document.uri) === document,
  );
  let hasConfiguration = false;
  let workspaceFolders: readonly string[] = [];

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    chooseLanguage(params.locale ?? params.initializationOptions?.locale);
    hasConfiguration = params.capabilities.workspace?.configuration === true;
    workspaceFolders = (params.workspaceFolders ?? []).flatMap(({ uri }) => pathOf(uri));
    return {
      serverInfo: { name: "sopm", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (hasConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: "sopm" });
    }
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.flatMap(({ uri }) => pathOf(uri)));
      workspaceFolders = [
        ...workspaceFolders.filter((path) => !gone.has(path)),
        ...added.flatMap(({ uri }) => pathOf(uri)),
      ];
      configureAll();
    });
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const document = new OpenDocument(uri, languageId, version, text);
    documents.open(document);
    void configure(document);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return;
    document.change(textDocument.version, contentChanges);
    publisher.schedule(document);
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.close(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.onDidChangeConfiguration(configureAll);

  // Many files often change at once, such as when a branch is checked out: one look at the disk is enough.
  let reload: NodeJS.Timeout | undefined;
  connection.onDidChangeWatchedFiles(() => {
    clearTimeout(reload);
    reload = setTimeout(async () => {
      await documents.reloadFolders();
      for (const document of documents.all()) publisher.schedule(document);
    }, 100);
  });

  function configureAll(): void {
    for (const document of documents.all()) void configure(document);
  }

  async function configure(document: OpenDocument): Promise<void> {
    const section = hasConfiguration
      ? await connection.workspace.getConfiguration({ scopeUri: document.uri, section: "sopm" })
      : undefined;
    const { path } = document;
    const inside = workspaceFolders.filter((folder) => path?.startsWith(folder));
    const nearest = inside.sort((a, b) => b.length - a.length)[0];
    documents.configure(document, readSettings(section), nearest);
    publisher.schedule(document);
  }

  connection.listen();
}

function pathOf(uri: string): string[] {
  return uri.startsWith("file:") ? [fileURLToPath(uri)] : [];
}
