import { sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  type WorkspaceFolder,
} from "vscode-languageserver";
import { docsPage } from "../host/node/data-file.ts";
import { chooseLanguage } from "../host/node/language.ts";
import { version } from "../version.ts";
import { buildForEditor } from "./build.ts";
import { answerCompletionRequests, completionCapabilities } from "./completion.ts";
import { DiagnosticPublisher } from "./diagnostics.ts";
import { answerFeatureRequests, featureCapabilities } from "./features.ts";
import { OpenDocument, OpenDocuments } from "./open-documents.ts";
import {
  type BuildOutcome,
  type BuildParams,
  buildRequest,
  type InitializationOptions,
  trustNotification,
} from "./protocol.ts";
import { defaultSettings, readSettings, type Settings } from "./settings.ts";

/** Answers an editor over a connection until that ends. */
export function startServer(connection: Connection): void {
  const documents = new OpenDocuments();
  const pageOf = (rule: string) => pathToFileURL(docsPage(`rules/${rule}.md`)).href;
  const publisher = new DiagnosticPublisher(
    connection,
    pageOf,
    (document) => documents.get(document.uri) === document,
  );
  let hasConfiguration = false;
  let hasWorkspaceFolders = false;
  let trusted = false;
  let workspaceFolders: readonly string[] = [];

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const options = params.initializationOptions as Partial<InitializationOptions> | undefined;
    chooseLanguage(options?.locale ?? params.locale);
    trusted = options?.trusted === true;
    hasConfiguration = params.capabilities.workspace?.configuration === true;
    hasWorkspaceFolders = params.capabilities.workspace?.workspaceFolders === true;
    workspaceFolders = pathsOf(params.workspaceFolders ?? []);
    return {
      serverInfo: { name: "sopm", version },
      capabilities: {
        ...featureCapabilities,
        ...completionCapabilities,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (hasConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: "sopm" });
    }
    if (!hasWorkspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = pathsOf(removed);
      workspaceFolders = [...workspaceFolders.filter((path) => !gone.includes(path)), ...pathsOf(added)];
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

  answerCompletionRequests(connection, (uri) => documents.get(uri));
  answerFeatureRequests(connection, (uri) => documents.get(uri), pageOf);

  connection.onRequest(buildRequest, async (params: BuildParams, cancellation): Promise<BuildOutcome> => {
    const settings = await settingsFor(params.uri);
    return buildForEditor(
      connection,
      params,
      { settings, trusted, workspaceFolders, workspaceFolder: workspaceFolderOf(pathOf(params.uri)) },
      cancellation,
    );
  });

  connection.onNotification(trustNotification, () => {
    trusted = true;
  });

  function configureAll(): void {
    for (const document of documents.all()) void configure(document);
  }

  async function configure(document: OpenDocument): Promise<void> {
    documents.configure(document, await settingsFor(document.uri), workspaceFolderOf(document.path));
    publisher.schedule(document);
  }

  async function settingsFor(uri: string): Promise<Settings> {
    if (!hasConfiguration) return defaultSettings;
    return readSettings(await connection.workspace.getConfiguration({ scopeUri: uri, section: "sopm" }));
  }

  /** The innermost workspace folder that a file lies in. */
  function workspaceFolderOf(path: string | undefined): string | undefined {
    const inside = workspaceFolders.filter((folder) => path?.startsWith(folder + sep));
    return inside.sort((a, b) => b.length - a.length)[0];
  }

  connection.listen();
}

function pathOf(uri: string): string | undefined {
  return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
}

function pathsOf(folders: readonly WorkspaceFolder[]): string[] {
  return folders.flatMap(({ uri }) => pathOf(uri) ?? []);
}
