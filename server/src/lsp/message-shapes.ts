import { isAbsolute } from "node:path";
import { databaseKinds } from "../database/database-kind.ts";
import { dialectIds } from "../dialect/dialect.ts";
import { operations } from "../lifecycle/operation.ts";
import * as sopm from "./protocol.ts";

/** Tells whether a value that a client sent is what we take it for. */
export type Shape = (value: unknown) => boolean;

const anything: Shape = () => true;
const text: Shape = (value) => typeof value === "string";
const flag: Shape = (value) => typeof value === "boolean";
const integer: Shape = (value) => Number.isInteger(value);
/** Some editors send the largest number there is for the end of a line. */
const count: Shape = (value) => Number.isInteger(value) && (value as number) >= 0;
const token: Shape = (value) => text(value) || integer(value);
/** An absolute path that a file system can be asked for. */
const path: Shape = (value) => typeof value === "string" && isAbsolute(value) && !value.includes("\0");
const record: Shape = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function oneOf(values: readonly string[]): Shape {
  return (value) => values.includes(value as string);
}

/** Absent or of a shape. */
function maybe(shape: Shape): Shape {
  return (value) => value === undefined || shape(value);
}

/** Absent, null or of a shape: for what belongs to the LSP, where many clients write null for nothing. */
function nullable(shape: Shape): Shape {
  return (value) => value === undefined || value === null || shape(value);
}

function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** An object with at least these members; what is not named may be anything. */
function object(members: Readonly<Record<string, Shape>>): Shape {
  const shapes = Object.entries(members);
  return (value) =>
    record(value) && shapes.every(([name, shape]) => shape((value as Record<string, unknown>)[name]));
}

/** An object of one of several kinds, told apart by `kind`. */
function variants(members: Readonly<Record<string, Readonly<Record<string, Shape>>>>): Shape {
  const shapes = new Map(Object.entries(members).map(([kind, each]) => [kind, object(each)]));
  return (value) => record(value) && shapes.get((value as { kind: string }).kind)?.(value) === true;
}

const position = object({ line: count, character: count });
const range = object({ start: position, end: position });
const tokens = { workDoneToken: nullable(token), partialResultToken: nullable(token) };
const document = { textDocument: object({ uri: text }) };
const aboutDocument = object({ ...document, ...tokens });
const aboutPosition = object({ ...document, position, ...tokens });
const folders = listOf(object({ uri: text, name: text }));

const dryRun = {
  uri: text,
  operation: oneOf(operations),
  system: maybe(variants({ product: { product: text }, sandbox: { folder: path } })),
  from: maybe(variants({ file: { uri: text }, text: { text, origin: text }, version: { version: text } })),
  force: maybe(flag),
  assume: maybe(
    (value) => record(value) && Object.values(value as object).every(oneOf(["fails", "succeeds"])),
  ),
  documented: maybe(flag),
  look: maybe(flag),
};

/** The requests that are answered, and what their parameters look like. */
export const requestShapes: Readonly<Record<string, Shape>> = {
  initialize: object({
    processId: nullable(integer),
    capabilities: record,
    locale: nullable(text),
    workspaceFolders: nullable(folders),
    ...tokens,
  }),
  shutdown: anything,
  "textDocument/hover": aboutPosition,
  "textDocument/documentSymbol": aboutDocument,
  "textDocument/foldingRange": aboutDocument,
  "textDocument/documentLink": aboutDocument,
  "textDocument/codeLens": aboutDocument,
  "textDocument/documentHighlight": aboutPosition,
  "textDocument/linkedEditingRange": aboutPosition,
  "textDocument/selectionRange": object({ ...document, positions: listOf(position), ...tokens }),
  "textDocument/codeAction": object({
    ...document,
    range,
    context: object({ only: nullable(listOf(text)) }),
    ...tokens,
  }),
  "textDocument/completion": object({
    ...document,
    position,
    context: nullable(object({ triggerCharacter: nullable(text) })),
    ...tokens,
  }),
  "completionItem/resolve": object({
    label: text,
    data: nullable(object({ dialect: oneOf(dialectIds), element: text, attribute: nullable(text) })),
  }),
  [sopm.autoCloseRequest]: object({ uri: text, position }),
  [sopm.bumpVersionRequest]: object({ uri: text, part: oneOf(["major", "minor", "patch"]) }),
  [sopm.sqlPreviewRequest]: object({ uri: text, database: maybe(oneOf(databaseKinds)) }),
  [sopm.buildRequest]: object({
    uri: text,
    force: flag,
    outputFolder: maybe(path),
    workDoneToken: maybe(token),
  }),
  [sopm.dryRunRequest]: object(dryRun),
  [sopm.exportDryRunRequest]: object({ ...dryRun, format: oneOf(sopm.exportFormats) }),
  [sopm.systemsRequest]: object({ uri: maybe(text) }),
  [sopm.createSandboxRequest]: object({
    name: text,
    framework: variants({ product: { product: text }, home: { folder: path } }),
    workspaceFolder: maybe(path),
  }),
  [sopm.applyRequest]: object({
    uri: text,
    operation: dryRun.operation,
    folder: maybe(path),
    force: dryRun.force,
    assume: dryRun.assume,
    workDoneToken: maybe(token),
  }),
  [sopm.sandboxOperationsRequest]: object({ folder: path }),
  [sopm.undoRequest]: object({ folder: path, to: count, workDoneToken: maybe(token) }),
  [sopm.repairRequest]: object({ folder: path }),
  [sopm.deployCheckRequest]: object({ folder: path }),
};

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
  "workspace/didChangeConfiguration": record,
  "workspace/didChangeWatchedFiles": record,
  "workspace/didChangeWorkspaceFolders": object({ event: object({ added: folders, removed: folders }) }),
  [sopm.trustNotification]: nullable(record),
};
