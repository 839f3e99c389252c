import { dialectIds } from "../dialect/dialect.ts";
import { hintKinds } from "../features/shown-kinds.ts";
import type { Paths } from "../host/paths.ts";
import type { PackagePlace } from "../protocol/archive.ts";
import { databaseKinds } from "../protocol/databases.ts";
import { diagramFormats, diagramThemes } from "../protocol/diagram.ts";
import { type DryRunParams, exportFormats } from "../protocol/dry-run.ts";
import { versionParts } from "../protocol/editing.ts";
import { matrixFormats } from "../protocol/matrix.ts";
import { operations } from "../protocol/operations.ts";
import { releaseActions } from "../protocol/release.ts";
import type { FetchParams, OrderParams, WantedPackages } from "../protocol/repositories.ts";
import type { ParamsOf } from "../protocol/request.ts";
import { requests } from "../protocol/requests.ts";
import { trustNotification } from "../protocol/session.ts";
import { testSystemTasks } from "../protocol/test-systems.ts";

/** Tells whether a value that a client sent is what we take it for. */
export type Shape<Value = unknown> = (value: unknown) => value is Value;

/** A shape for each member, so that the compiler names those that are forgotten or allow too much. */
type Members<Value> = { readonly [Name in keyof Required<Value>]: Shape<Value[Name]> };

const anything: Shape = (_value): _value is unknown => true;
const text: Shape<string> = (value) => typeof value === "string";
const flag: Shape<boolean> = (value) => typeof value === "boolean";
const integer: Shape<number> = (value): value is number => Number.isInteger(value);
/** Some editors send the largest number there is for the end of a line. */
const count: Shape<number> = (value): value is number => Number.isInteger(value) && (value as number) >= 0;
const token: Shape<string | number> = (value) => text(value) || integer(value);
const record: Shape<Readonly<Record<string, unknown>>> = (
  value,
): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function oneOf<Value extends string>(values: readonly Value[]): Shape<Value> {
  return (value): value is Value => (values as readonly unknown[]).includes(value);
}

/** Absent or of a shape. */
function maybe<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (value) => value === undefined || shape(value);
}

/** Absent, null or of a shape: for what belongs to the LSP, where many clients write null for nothing. */
function nullable<Value>(shape: Shape<Value>): Shape<Value | null | undefined> {
  return (value) => value === undefined || value === null || shape(value);
}

function listOf<Value>(shape: Shape<Value>): Shape<readonly Value[]> {
  return (value): value is readonly Value[] => Array.isArray(value) && value.every(shape);
}

/** An object that has values of one shape under any names. */
function mapOf<Value>(shape: Shape<Value>): Shape<Readonly<Record<string, Value>>> {
  return (value): value is Readonly<Record<string, Value>> =>
    record(value) && Object.values(value).every(shape);
}

/** An object with at least these members; what is not named may be anything. */
function object<Value>(members: Members<Value>): Shape<Value> {
  const shapes = Object.entries<Shape>(members);
  return (value): value is Value => record(value) && shapes.every(([name, shape]) => shape(value[name]));
}

/** An object of one of several kinds, told apart by `kind`. */
function variants<Value extends { readonly kind: string }>(
  members: {
    readonly [Kind in Value["kind"]]: Members<Omit<Extract<Value, { readonly kind: Kind }>, "kind">>;
  },
): Shape<Value> {
  const shapes = new Map<unknown, Shape>(
    Object.entries<Members<object>>(members).map(([kind, each]) => [kind, object(each)]),
  );
  return (value): value is Value => record(value) && shapes.get(value.kind)?.(value) === true;
}

const position = object({ line: count, character: count });
const range = object({ start: position, end: position });
const tokens = { workDoneToken: nullable(token), partialResultToken: nullable(token) };
const document = { textDocument: object({ uri: text }) };
const aboutDocument = object({ ...document, ...tokens });
const aboutPosition = object({ ...document, position, ...tokens });
const formatting = object({ tabSize: count, insertSpaces: flag });
const folders = listOf(object({ uri: text, name: text }));
const renamed = object({ files: listOf(object({ oldUri: text, newUri: text })) });
const deleted = object({ files: listOf(object({ uri: text })) });

/** The requests that are answered, and what their parameters look like. */
export function requestShapes({ isAbsolute }: Paths): Readonly<Record<string, Shape>> {
  /** An absolute path that a file system can be asked for. */
  const path: Shape<string> = (value): value is string =>
    typeof value === "string" && isAbsolute(value) && !value.includes("\0");
  const dryRun: Members<DryRunParams> = {
    uri: text,
    operation: oneOf(operations),
    scenario: maybe(text),
    trial: maybe(text),
    system: maybe(variants({ product: { product: text }, sandbox: { folder: path } })),
    from: maybe(
      variants({
        file: { uri: text },
        text: { text, origin: text },
        version: { version: text },
        found: { of: text, version: text, isStepByStep: flag },
      }),
    ),
    database: maybe(oneOf(databaseKinds)),
    force: maybe(flag),
    assume: maybe(mapOf(oneOf(["fails", "succeeds"]))),
    documented: maybe(flag),
    workspacePackages: maybe(flag),
    filesMayHaveChanged: maybe(flag),
  };

  const packagePlace = variants<PackagePlace>({
    file: { uri: text },
    installed: { folder: path, name: text },
    version: { uri: text, version: text },
  });

  const fetching: Members<FetchParams> = {
    folder: path,
    proxy: maybe(object({ address: text, exceptFor: listOf(text), authorization: text })),
    workDoneToken: maybe(token),
  };
  const order: Members<OrderParams> = {
    ...fetching,
    wanted: variants<WantedPackages>({ package: { name: text }, all: {} }),
  };

  return {
    initialize: object({
      processId: nullable(integer),
      capabilities: record,
      locale: nullable(text),
      rootUri: nullable(text),
      workspaceFolders: nullable(folders),
      ...tokens,
    }),
    shutdown: anything,
    "textDocument/hover": aboutPosition,
    "textDocument/definition": aboutPosition,
    "textDocument/references": object({
      ...document,
      position,
      context: object({ includeDeclaration: flag }),
      ...tokens,
    }),
    "textDocument/prepareRename": aboutPosition,
    "textDocument/rename": object({ ...document, position, newName: text, ...tokens }),
    "workspace/symbol": object({ query: text, ...tokens }),
    "textDocument/documentSymbol": aboutDocument,
    "textDocument/foldingRange": aboutDocument,
    "textDocument/documentLink": aboutDocument,
    "textDocument/codeLens": aboutDocument,
    "textDocument/inlayHint": object({ ...document, range, ...tokens }),
    "inlayHint/resolve": object({
      position,
      data: nullable(object({ uri: text, version: integer, kind: oneOf(hintKinds), about: count })),
    }),
    "textDocument/semanticTokens/full": aboutDocument,
    "textDocument/semanticTokens/full/delta": object({ ...document, previousResultId: text, ...tokens }),
    "textDocument/semanticTokens/range": object({ ...document, range, ...tokens }),
    "textDocument/documentHighlight": aboutPosition,
    "textDocument/linkedEditingRange": aboutPosition,
    "textDocument/selectionRange": object({ ...document, positions: listOf(position), ...tokens }),
    "textDocument/codeAction": object({
      ...document,
      range,
      context: object({ only: nullable(listOf(text)) }),
      ...tokens,
    }),
    "textDocument/formatting": object({ ...document, options: formatting, ...tokens }),
    "textDocument/rangeFormatting": object({ ...document, range, options: formatting, ...tokens }),
    "textDocument/onTypeFormatting": object({ ...document, position, ch: text, options: formatting }),
    "textDocument/completion": object({
      ...document,
      position,
      context: nullable(object({ triggerCharacter: nullable(text) })),
      ...tokens,
    }),
    "completionItem/resolve": object({
      label: text,
      data: nullable(
        object({
          dialect: oneOf(dialectIds),
          element: text,
          attribute: nullable(text),
          name: nullable(
            object({ kind: oneOf(["package", "table", "column"]), name: text, owner: nullable(text) }),
          ),
          uri: nullable(text),
          isHtml: nullable(flag),
        }),
      ),
    }),
    "textDocument/diagnostic": object({ ...document, previousResultId: nullable(text), ...tokens }),
    "workspace/diagnostic": object({
      previousResultIds: listOf(object({ uri: text, value: text })),
      ...tokens,
    }),
    "workspace/willRenameFiles": renamed,
    "workspace/willDeleteFiles": deleted,
    "workspace/executeCommand": object({
      command: text,
      arguments: nullable(listOf(anything)),
      workDoneToken: nullable(token),
    }),
    ...shapesOf({
      autoCloseRequest: { uri: text, position },
      bumpVersionRequest: { uri: text, part: oneOf(versionParts), text: maybe(text) },
      commitSubjectsRequest: { uri: text },
      fileFixesRequest: { uri: text, range },
      sqlPreviewRequest: {
        uri: text,
        database: maybe(oneOf(databaseKinds)),
        section: maybe(position),
      },
      introPreviewRequest: { uri: text },
      databaseDiagramRequest: { uri: text, version: maybe(text), withHistory: maybe(flag) },
      exportDiagramRequest: {
        uri: text,
        version: maybe(text),
        format: oneOf(diagramFormats),
        theme: maybe(oneOf(diagramThemes)),
      },
      matrixRequest: { uri: text, versionsMayHaveChanged: maybe(flag) },
      exportMatrixRequest: { uri: text, format: oneOf(matrixFormats) },
      buildRequest: { uri: text, force: flag, outputFolder: maybe(path), workDoneToken: maybe(token) },
      dryRunRequest: dryRun,
      verifyRequest: {
        uri: text,
        operations: listOf(oneOf(operations)),
        database: maybe(text),
        system: dryRun.system,
        from: dryRun.from,
        workDoneToken: maybe(token),
      },
      exportDryRunRequest: { ...dryRun, format: oneOf(exportFormats) },
      scenariosRequest: { uri: text },
      trialsRequest: { uri: text },
      runTrialRequest: { uri: text, trial: text, filesMayHaveChanged: maybe(flag) },
      systemsRequest: { uri: maybe(text) },
      createSandboxRequest: {
        name: text,
        framework: variants({ product: { product: text }, home: { folder: path } }),
        workspaceFolder: maybe(path),
        databaseServer: maybe(text),
      },
      applyRequest: {
        uri: text,
        operation: dryRun.operation,
        folder: maybe(path),
        force: dryRun.force,
        assume: dryRun.assume,
        workDoneToken: maybe(token),
      },
      sandboxOperationsRequest: { folder: path },
      undoRequest: { folder: path, to: count, workDoneToken: maybe(token) },
      repairRequest: { folder: path },
      dropRequest: { folder: path },
      deployCheckRequest: { folder: path },
      begunReleasesRequest: { folders: listOf(text) },
      releaseRequest: {
        uri: text,
        action: oneOf(releaseActions),
        raise: maybe(oneOf(versionParts)),
        changeLog: maybe(text),
        ...{ tag: flag, index: flag, force: flag },
      },
      newPackageChoicesRequest: {},
      newPackageRequest: {
        folder: maybe(path),
        name: text,
        products: listOf(text),
        vendor: text,
        url: maybe(text),
        license: maybe(text),
        parts: listOf(text),
        checkOnly: flag,
      },
      repositoriesRequest: {},
      offersRequest: { folder: path, source: text },
      fetchRepositoriesRequest: fetching,
      changeRepositoriesRequest: {
        folder: path,
        add: maybe(object({ location: text, name: text, vendor: text, isRoot: flag })),
        drop: maybe(text),
      },
      orderRequest: order,
      performOrderRequest: {
        ...order,
        agreed: listOf(object({ name: text, version: text, source: text })),
      },
      offeredArchiveRequest: { ...fetching, source: text, file: text },
      serveRequest: { folder: path, port: count },
      stopServingRequest: {},
      testSystemRunRequest: { uri: text, operation: dryRun.operation, system: text, readsLog: flag },
      testSystemTaskRequest: { system: text, task: oneOf(testSystemTasks) },
      phasesRequest: { uri: text },
      runPhaseRequest: { uri: text, system: text, section: text, phase: text, from: maybe(text) },
      linkRequest: { uri: text, system: text, work: oneOf(["link", "unlink"]), perform: flag },
      unitTestsRequest: { system: text, run: text, files: listOf(text) },
      setBaseFolderRequest: { uri: text, folder: path },
      frameworkTextRequest: { uri: text },
      nowhereRequest: { uri: text, position },
      checkDatabasesRequest: {},
      perlViewRequest: { uri: text, position: maybe(position) },
      fileBadgesRequest: {},
      changeFileListRequest: {
        uris: listOf(text),
        change: oneOf(["add", "remove"]),
        specs: maybe(listOf(text)),
      },
      unlistedFilesRequest: { uri: text },
      archiveRequest: { of: packagePlace },
      archiveContentRequest: { of: packagePlace, file: maybe(count) },
      comparePackagesRequest: { before: packagePlace, after: packagePlace },
      editArchiveRequest: { of: packagePlace, folder: path, force: flag },
      sandboxPackagesRequest: { folder: path },
      sandboxDetailsRequest: { folder: path },
      outlookRequest: {
        uri: text,
        system: dryRun.system,
        operations: listOf(oneOf([...operations, "fitting"])),
      },
      shownIntroRequest: { uri: text, operation: dryRun.operation, phase: oneOf(["pre", "post"]) },
      packagesRequest: {},
      packageContentsRequest: { uri: text },
      versionsRequest: { uri: text },
      versionTextRequest: { uri: text, version: text },
    }),
  };
}

/** What the parameters of all our requests consist of. */
type OurMembers = {
  readonly [Name in keyof typeof requests]: Members<ParamsOf<(typeof requests)[Name]>>;
};

function shapesOf(ours: OurMembers): Readonly<Record<string, Shape>> {
  const rows = Object.entries<Members<object>>(ours);
  return Object.fromEntries(
    rows.map(([name, members]) => [requests[name as keyof OurMembers].method, object(members)]),
  );
}

/** The notifications that are heard. */
export const notificationShapes: Readonly<Record<string, Shape>> = {
  initialized: nullable(record),
  exit: anything,
  "$/cancelRequest": object({ id: token }),
  "$/setTrace": object({ value: text }),
  "textDocument/didOpen": object({
    textDocument: object({ uri: text, languageId: text, version: integer, text }),
  }),
  "textDocument/didChange": object({
    textDocument: object({ uri: text, version: integer }),
    contentChanges: listOf(object({ range: maybe(range), text })),
  }),
  "textDocument/didClose": object(document),
  "textDocument/didSave": object(document),
  "workspace/didChangeConfiguration": record,
  "workspace/didChangeWatchedFiles": object({ changes: listOf(object({ uri: text, type: integer })) }),
  "workspace/didRenameFiles": renamed,
  "workspace/didDeleteFiles": deleted,
  "workspace/didChangeWorkspaceFolders": object({ event: object({ added: folders, removed: folders }) }),
  [trustNotification.method]: nullable(record),
};
