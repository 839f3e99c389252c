import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  type WorkspaceFolder,
} from "vscode-languageserver";
import { editorLayer } from "../configuration/layers.ts";
import type { Settings } from "../configuration/settings.ts";
import { editorConfigName } from "../host/editor-configs.ts";
import type { Paths } from "../host/paths.ts";
import { patientPackages } from "../host/patience.ts";
import type { World } from "../host/world.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { setBaseFolderRequest } from "../protocol/base-folder.ts";
import { buildRequest } from "../protocol/build.ts";
import { fileFixesRequest } from "../protocol/file-fixes.ts";
import { changeFileListRequest } from "../protocol/files.ts";
import { introPreviewRequest } from "../protocol/intro-preview.ts";
import { perlViewRequest } from "../protocol/perl-views.ts";
import { type InitializationOptions, trustNotification } from "../protocol/session.ts";
import { sqlPreviewRequest } from "../protocol/sql-preview.ts";
import { version } from "../protocol/version.ts";
import type { FileChange } from "../workspace/closed-specs.ts";
import { OpenDocument } from "../workspace/open-documents.ts";
import { isPackageFile, OpenFiles } from "../workspace/open-files.ts";
import { Workspace } from "../workspace/workspace.ts";
import { answer, hear } from "./answer.ts";
import { answerArchiveRequests } from "./archive-requests.ts";
import { setBaseFolderForEditor } from "./base-folder.ts";
import { changeDocument } from "./change-document.ts";
import { answerCheckDatabases } from "./check-databases.ts";
import { clientCapabilities } from "./client-capabilities.ts";
import { ClosedSpecPublisher } from "./closed-specs.ts";
import { answerCodeActionRequests, codeActionCapabilities } from "./code-actions.ts";
import { answerCodeLensRequests } from "./code-lens.ts";
import { answerCommands, commandCapabilities } from "./commands.ts";
import { answerCompletionRequests, completionCapabilities } from "./completion.ts";
import { ConfiguredSettings, configurationSelector } from "./configured-settings.ts";
import { DiagnosticPublisher, homeOf } from "./diagnostics.ts";
import { answerDiagramRequests } from "./diagram-requests.ts";
import { DiskRounds } from "./disk-rounds.ts";
import { DocumentPulls } from "./document-pulls.ts";
import { answerDryRunRequests } from "./dry-run-requests.ts";
import { BackgroundFailures } from "./failure.ts";
import { answerFeatureRequests, featureCapabilities } from "./features.ts";
import { FileBadgeKeeper } from "./file-badges.ts";
import { answerFileMoves, fileMoveCapabilities } from "./file-moves.ts";
import { answerFormatRequests, formatCapabilities } from "./format.ts";
import { inBackground, logError } from "./in-background.ts";
import { indexSelector } from "./index-findings.ts";
import { answerHintRequests, hintCapabilities } from "./inlay-hints.ts";
import { answerMatrixRequests } from "./matrix-requests.ts";
import { MovedFiles } from "./moved-files.ts";
import { answerMoving, movingCapabilities, packageFileSelector, registerMoving } from "./moving.ts";
import { answerNewPackageRequests } from "./new-package-requests.ts";
import { PackagesKeeper } from "./packages-view.ts";
import { answerPulls, pullCapabilities } from "./pulls.ts";
import { answerReleaseRequests } from "./release-requests.ts";
import { answerRename, renameCapabilities } from "./rename.ts";
import { answerTokenRequests, tokenCapabilities } from "./semantic-tokens.ts";
import { answerServeRequests } from "./serve-requests.ts";
import type { Session } from "./session.ts";
import { registerSettingsFiles } from "./settings-files.ts";
import { Shown } from "./shown.ts";
import { TaggedVersions } from "./tagged-versions.ts";
import { answerTestSystemRequests } from "./test-system-requests.ts";
import { answerTrialRequests } from "./trials-requests.ts";
import { answerVersionRequests } from "./version-requests.ts";

/**
 * Answers an editor over a connection until that ends.
 *
 * @param onChecked called each time that all findings of a document are known
 */
export function startServer(connection: Connection, givenWorld: World, onChecked: () => void): void {
  const { paths, timers } = givenWorld;
  const openFiles = new OpenFiles();
  const world: World = {
    ...givenWorld,
    packages: patientPackages(givenWorld.packages, timers),
    packageDisk: (base) => openFiles.over(givenWorld.packageDisk(base), base, paths),
  };
  const workspace: Workspace = new Workspace(
    world,
    () => closedSpecs.listener,
    (changed) => {
      for (const document of documents.all())
        if (document.path !== undefined && changed.has(document.path)) publisher.schedule(document);
    },
    openFiles,
  );
  const { documents } = workspace;
  let client = clientCapabilities({});
  let trusted = false;
  let storageFolder: string | undefined;
  /** Takes back the look at the disk that is about to begin. */
  let takeBackLook = () => {};
  let changedFiles: FileChange[] = [];
  const session: Session = {
    ...{ connection, world, workspace },
    client: () => client,
    documentOf: (uri) => documents.get(uri),
    ...{ settingsFor, setBaseFolder },
    settingsBelow: async (folder) => {
      const { said, of } = await settings.below(folder);
      return { said, of: async (path) => workspace.withChosenBaseFolders(await of(path)) };
    },
    configurationsOf: (uri) => settings.configurationsOf(uri),
    isTrusted: () => trusted,
    storageFolder: () => storageFolder,
  };
  const failures = new BackgroundFailures(session);
  const badges = new FileBadgeKeeper(session);
  const packages = new PackagesKeeper(session);
  const movedFiles = new MovedFiles(session);
  const taggedVersions = new TaggedVersions(session);
  const shown = new Shown(session);
  const publisher: DiagnosticPublisher = new DiagnosticPublisher(
    session,
    failures,
    () => documentPulls,
    (document, { findings }) => {
      workspace.typed(document);
      shown.checked(document);
      badges.checked(document);
      movedFiles.checked(document);
      taggedVersions.checked(document);
      packages.checked(document, { findings });
      if (document.path !== undefined) closedSpecs.files.tell(document.path, homeOf(document), findings);
      onChecked();
    },
  );
  const closedSpecs: ClosedSpecPublisher = new ClosedSpecPublisher(
    session,
    failures,
    publisher,
    badges,
    movedFiles,
    packages,
    taggedVersions,
  );
  const settings = new ConfiguredSettings(
    session,
    (path) => openFiles.textOf(path),
    (uri, diagnostics) => closedSpecs.pulls.report(uri, diagnostics),
  );
  const documentPulls = new DocumentPulls(session, {
    found: (document) => publisher.found(document),
    foundInFile: (uri) => closedSpecs.found(uri),
  });
  const rounds = new DiskRounds(
    timers,
    checkFiles,
    () => !client.watchesFiles && documents.all().length > 0,
    (error) => logError(connection, error),
  );

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const options = readOptions(params.initializationOptions, paths);
    world.texts.choose(options.locale ?? params.locale);
    trusted = options.trusted === true;
    storageFolder = options.storageFolder;
    if (options.partsFolder !== undefined) world.lookForPartsIn?.(options.partsFolder);
    client = clientCapabilities(params);
    workspace.folders = pathsOf(
      params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : []),
      paths,
    );
    return {
      serverInfo: { name: "sopm", version },
      capabilities: {
        ...featureCapabilities,
        ...codeActionCapabilities(client),
        ...completionCapabilities,
        ...formatCapabilities,
        ...movingCapabilities,
        ...renameCapabilities(client),
        ...(client.pullsDiagnostics ? pullCapabilities : {}),
        codeLensProvider: {},
        ...(client.inlayHints ? hintCapabilities : {}),
        ...(client.semanticTokens ? tokenCapabilities(client) : {}),
        ...(client.ownCommands ? {} : commandCapabilities),
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        workspace: {
          ...fileMoveCapabilities(client),
          ...(client.workspaceFolders
            ? { workspaceFolders: { supported: true, changeNotifications: true } }
            : {}),
        },
      },
    };
  });

  connection.onInitialized(() => {
    if (client.registersConfiguration) {
      inBackground(
        connection,
        connection.client.register(DidChangeConfigurationNotification.type, { section: "sopm" }),
      );
    }
    if (client.registersDocuments) {
      // Files of packages are open under languages of their own.
      const documentSelector = [...packageFileSelector, configurationSelector, indexSelector];
      const register = [
        connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector }),
        connection.client.register(DidChangeTextDocumentNotification.type, {
          documentSelector,
          syncKind: TextDocumentSyncKind.Incremental,
        }),
        connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector }),
      ];
      for (const each of register) inBackground(connection, each);
    }
    registerMoving(session, client);
    registerSettingsFiles(session, client);
    if (client.watchesFiles) {
      // A spec lists files of any kind.
      const watchers = [{ globPattern: "**/*" }];
      inBackground(
        connection,
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
      );
    }
    configureClosedSpecs();
    if (!client.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = pathsOf(removed, paths);
      workspace.folders = [
        ...workspace.folders.filter((path) => !gone.includes(path)),
        ...pathsOf(added, paths),
      ];
      configureAll();
    });
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    // What is known of its folder may be of the time when another document was opened.
    if (!client.watchesFiles && documents.all().length > 0) checkFilesSoon();
    const isOfPackage = isPackageFile({ path: paths.fromUri(uri) }, languageId);
    if (!isOfPackage && closedSpecs.indexes.opens(textDocument)) return;
    const document = new OpenDocument(world, uri, kindOf(languageId, uri), version, text);
    if (isOfPackage) {
      openFiles.open(document);
      fileChanged(document.path);
      return;
    }
    documents.open(document);
    rounds.wake();
    closedSpecs.opened(document);
    inBackground(connection, configure(document));
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = documents.get(textDocument.uri);
    if (!document) {
      const index = closedSpecs.indexes.get(textDocument.uri);
      if (index) {
        changeDocument(index, textDocument.version, contentChanges);
        closedSpecs.indexes.changed(index);
        return;
      }
      const file = openFiles.get(paths.fromUri(textDocument.uri));
      if (!file) return;
      changeDocument(file, textDocument.version, contentChanges);
      fileChanged(file.path);
      return;
    }
    changeDocument(document, textDocument.version, contentChanges);
    publisher.changed(document);
    rounds.wake();
  });

  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const document = documents.get(uri);
    if (document) {
      publisher.saved(document);
      taggedVersions.saved(document);
    }
    checkFilesSoon();
    rounds.wake();
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const path = paths.fromUri(uri);
    if (!documents.get(uri) && openFiles.close(path)) {
      fileChanged(path);
      return;
    }
    if (closedSpecs.indexes.closes(uri)) return;
    documents.close(uri);
    closedSpecs.closed({ uri, path });
  });

  connection.onDidChangeConfiguration((params) => {
    settings.sent = editorLayer(Object(params.settings).sopm);
    configureAll();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const change of changes) changedFiles.push(...toFileChanges(change, paths));
    taggedVersions.filesChanged(changes.map(({ uri }) => uri));
    checkFilesSoon();
  });

  answerPulls(session, documentPulls, closedSpecs.pulls);
  answerCompletionRequests(session);
  answerFeatureRequests(session);
  answerCodeActionRequests(session, (document) => publisher.found(document));
  answerFormatRequests(session);
  answerCodeLensRequests(session, shown, (document) => publisher.found(document));
  answerHintRequests(session, shown);
  answerTokenRequests(session, shown);
  answerMoving(session);
  answerFileMoves(session, (changes) => {
    changedFiles.push(...changes);
    checkFilesSoon();
  });
  answerRename(session);
  answerDryRunRequests(session, (document) => publisher.found(document));
  answerMatrixRequests(session, shown);
  answerTrialRequests(session);
  answerCommands(session);
  answer(session, fileFixesRequest, async ({ uri, range }) => {
    const path = paths.fromUri(uri);
    return path === undefined ? [] : closedSpecs.files.fixesAt(path, range, openFiles.textOf(path));
  });
  answer(session, buildRequest, async (params, cancelled) => {
    // What builds is loaded with the first build, so that nobody's start waits for it.
    const { buildForEditor } = await import("./build.ts");
    const outcome = await buildForEditor(params, session, cancelled);
    const spec = paths.fromUri(params.uri);
    if (outcome.kind === "built" && spec !== undefined) packages.built(spec, outcome.path);
    return outcome;
  });
  answer(session, sqlPreviewRequest, async ({ uri, ...wanted }) => {
    // The generator is loaded for those who look at SQL, and none of the others starts later for it.
    const { sqlPreviewForEditor } = await import("./sql-preview.ts");
    const document = documents.get(uri);
    return document ? sqlPreviewForEditor(document, wanted, world) : null;
  });

  answer(session, changeFileListRequest, async (params) => {
    // Few sessions list files by menus, and none should start later for it.
    const { changeFileListForEditor } = await import("./change-file-list.ts");
    return changeFileListForEditor(params, session);
  });
  answer(session, introPreviewRequest, async ({ uri }) => {
    const document = documents.get(uri);
    if (!document) return null;
    const { introsForEditor } = await import("./intro-preview.ts");
    return introsForEditor(document, world);
  });
  answerArchiveRequests(session);
  answerDiagramRequests(session);
  answerVersionRequests(session);
  answerServeRequests(session);
  answerTestSystemRequests(session);
  answerNewPackageRequests(session);
  answerReleaseRequests(session);
  answerCheckDatabases(session);

  answer(session, perlViewRequest, async (params) => {
    const document = documents.get(params.uri);
    if (!document) return null;
    const { perlViewForEditor } = await import("./perl-views.ts");
    return perlViewForEditor(document, params);
  });

  answer(session, setBaseFolderRequest, async (params) => setBaseFolderForEditor(params, session));

  hear(connection, trustNotification, () => {
    trusted = true;
    settings.forget();
    configureAll(workspace.folders);
    for (const document of documents.all()) publisher.schedule(document);
  });

  /** @param folders whose closed specs are checked again whatever has become of the settings */
  function configureAll(folders: readonly string[] = []): void {
    for (const folder of folders) workspace.closedSpecs.checkBelow(folder);
    for (const document of documents.all()) inBackground(connection, configure(document));
    configureClosedSpecs();
  }

  function configureClosedSpecs(): void {
    inBackground(connection, closedSpecs.configure());
  }

  async function configure(document: OpenDocument): Promise<void> {
    workspace.configure(document, await settingsFor(document.uri));
    publisher.schedule(document);
  }

  /** A file of a package is typed in: those that list it are checked again. */
  function fileChanged(path: string | undefined): void {
    if (path !== undefined) changedFiles.push({ path, kind: "changed" });
    checkFilesSoon();
  }

  /** Many files often change at once, such as when a branch is checked out: one look at the disk is enough. */
  function checkFilesSoon(): void {
    takeBackLook();
    takeBackLook = timers.after(100, () => inBackground(connection, checkFiles()));
  }

  /** True when something has changed. */
  async function checkFiles(): Promise<boolean> {
    if (!client.watchesFiles || changedFiles.some(({ path }) => paths.basename(path) === editorConfigName))
      for (const document of documents.all()) workspace.editorConfigs.look(document);
    const concerned = settings.changed(changedFiles.map(({ path }) => path));
    workspace.closedSpecs.changed(changedFiles);
    closedSpecs.indexes.changedOnDisk(changedFiles);
    changedFiles = [];
    if (!client.watchesFiles && (await settings.hasChanged())) configureAll(workspace.folders);
    else if (concerned.length > 0) configureAll(concerned);
    const changes = await Promise.all([
      documents.reloadFolders((document) => publisher.schedule(document)),
      workspace.closedSpecs.look(),
    ]);
    return changes.includes(true);
  }

  function setBaseFolder(spec: string, folder: string): void {
    workspace.chooseBaseFolder(spec, folder);
    configureAll();
  }

  async function settingsFor(uri: string): Promise<Settings> {
    return workspace.withChosenBaseFolders(await settings.of(uri));
  }

  connection.listen();
}

/** Editors that know nothing of packages call them XML, or whatever the name of the file tells them. */
function kindOf(languageId: string, uri: string): OpenDocument["kind"] {
  if (languageId === "sopm") return "spec";
  return languageId === "opm" || isArchiveName(uri) ? "archive" : "spec";
}

/** What is no file on this computer concerns nobody. */
function toFileChanges({ uri, type }: FileEvent, { fromUri }: Paths): readonly FileChange[] {
  const path = fromUri(uri);
  const kind = fileChanges.get(type);
  return path === undefined || kind === undefined ? [] : [{ path, kind }];
}

const fileChanges: ReadonlyMap<number, FileChange["kind"]> = new Map([
  [FileChangeType.Created, "created"],
  [FileChangeType.Changed, "changed"],
  [FileChangeType.Deleted, "deleted"],
]);

/** What a client passes belongs to it; what we cannot use counts as not passed. */
function readOptions(options: unknown, { isAbsolute }: Paths): Partial<InitializationOptions> {
  const { trusted, locale, storageFolder, partsFolder } = Object(options) as Record<string, unknown>;
  return {
    trusted: trusted === true,
    ...(typeof locale === "string" ? { locale } : {}),
    ...(typeof storageFolder === "string" && isAbsolute(storageFolder) ? { storageFolder } : {}),
    ...(typeof partsFolder === "string" && isAbsolute(partsFolder) ? { partsFolder } : {}),
  };
}

function pathsOf(folders: readonly Pick<WorkspaceFolder, "uri">[], { fromUri }: Paths): string[] {
  return folders.flatMap(({ uri }) => fromUri(uri) ?? []);
}
