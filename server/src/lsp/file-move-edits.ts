import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import { movedPath, moveFiles, movesBelow, type PathMove } from "../features/moved-files.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { TextEdit } from "../text/edit.ts";
import type { SourceText } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { closedText } from "./closed-text.ts";
import { toTextEdit } from "./convert.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Edits of the file list of one spec. */
export interface ListEdits {
  readonly uri: string;
  /** Of the document that is open; null for one that is not. */
  readonly version: number | null;
  readonly source: SourceText;
  readonly edits: readonly TextEdit[];
}

/** A spec of the workspace whose files are concerned. */
interface ConcernedSpec {
  readonly uri: string;
  /** Of the document that is open; null for one that is not. */
  readonly version: number | null;
  readonly spec: PackageSpec;
  readonly moves: Parameters<typeof moveFiles>[1];
}

/**
 * What is to be written into specs when files and folders are moved or deleted: one edit for all of them, in specs that are
 * open and in those that are not. Null where no spec is concerned, or nobody wants it.
 *
 * @param moves by absolute paths
 */
export async function editsForMoves(
  moves: readonly PathMove[],
  session: Session,
): Promise<WorkspaceEdit | null> {
  const { client, settingsFor } = session;
  const edits: TextDocumentEdit[] = [];
  let asks = false;
  for (const { uri, version, spec, moves: own } of await concernedSpecs(moves, session)) {
    const { edits: found } = moveFiles(spec, own);
    if (found.length === 0) continue;
    const { updateFileListOnMove: wish } = await settingsFor(uri);
    if (wish === "never") continue;
    asks ||= wish === "prompt";
    edits.push(toDocumentEdit({ uri, version, source: spec.tree.source, edits: found }));
  }
  if (edits.length === 0) return null;
  if (!asks) return client().documentChanges ? { documentChanges: edits } : withoutVersions(edits);
  if (client().changeAnnotations) return annotated(edits, session);
  if (!(await isWanted(edits, session))) return null;
  return client().documentChanges ? { documentChanges: edits } : withoutVersions(edits);
}

/** Edits of file lists as one step that is taken back as one. */
export function toEditOfLists(
  lists: readonly ListEdits[],
  { documentChanges }: ClientCapabilities,
): WorkspaceEdit {
  const edits = lists.map(toDocumentEdit);
  return documentChanges ? { documentChanges: edits } : withoutVersions(edits);
}

function toDocumentEdit({ uri, version, source, edits }: ListEdits): TextDocumentEdit {
  return { textDocument: { uri, version }, edits: edits.map((edit) => toTextEdit(source, edit)) };
}

/** Open ones as they are typed, and closed ones as they are on the disk. */
async function concernedSpecs(
  moves: readonly PathMove[],
  session: Session,
): Promise<readonly ConcernedSpec[]> {
  const { workspace, world } = session;
  const { documents, closedSpecs, neighbours } = workspace;
  const { paths } = world;
  const found: ConcernedSpec[] = [];
  const open = new Set<string>();
  for (const document of documents.all()) {
    const { path, baseFolder, kind, uri, version, tree, settings } = document;
    if (path === undefined || baseFolder === undefined || kind !== "spec") continue;
    open.add(path);
    const own = movesOf(path, baseFolder, (moved) => workspace.baseFolderOf(moved, settings));
    if (own.length > 0) found.push({ uri, version, spec: specOf(tree), moves: own });
  }
  for (const path of closedSpecs.paths) {
    const baseFolder = open.has(path) ? undefined : closedSpecs.baseFolderOf(path);
    if (baseFolder === undefined) continue;
    const own = movesOf(path, baseFolder, (moved) => closedSpecs.baseFolderOf(moved) ?? paths.dirname(moved));
    const known = neighbours.known.in(path);
    // One of which nothing is known yet may list anything.
    if (own.length === 0 || (known.length > 0 && !known.some(({ files }) => lists(files.paths(), own))))
      continue;
    const spec = await readClosedSpec(path, session);
    if (spec) found.push({ uri: paths.toUri(path), version: null, spec, moves: own });
  }
  return found;

  /** None for a spec that goes away itself. */
  function movesOf(path: string, baseFolder: string, baseOf: (spec: string) => string) {
    const move = movedPath(path, moves, paths);
    if (move && move.to === undefined) return [];
    return movesBelow(baseFolder, move?.to === undefined ? baseFolder : baseOf(move.to), moves, paths);
  }
}

/** Whether one of these may be what moves; a cheap look, which may take more for it than there is. */
function lists(files: Iterable<string>, moves: ConcernedSpec["moves"]): boolean {
  const froms = new Set(moves.map(({ from }) => from));
  for (const file of files) {
    const path = file.replace(/^\/+/, "");
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1))
      if (froms.has(path.slice(0, end))) return true;
  }
  return false;
}

/** Undefined for one that an editor would spoil or that cannot be read. */
export async function readClosedSpec(path: string, session: Session): Promise<PackageSpec | undefined> {
  const { connection, world } = session;
  const file = await closedText(path, world);
  if (file.kind === "read") return specOf(SyntaxTree.parse(file.text));
  if (file.kind === "unreadable") {
    const message = world.texts.translate(
      "The file list of “{path}” does not follow, because the spec cannot be read as UTF-8. Change its Location entries by hand.",
      { path: oneLine(path) },
    );
    inBackground(connection, Promise.resolve(connection.window.showWarningMessage(message)));
  }
  return undefined;
}

function withoutVersions(edits: readonly TextDocumentEdit[]): WorkspaceEdit {
  return {
    changes: Object.fromEntries(
      edits.map(({ textDocument, edits: each }) => [textDocument.uri, each as never]),
    ),
  };
}

/** The editor shows the edits and asks before it makes them. */
function annotated(edits: readonly TextDocumentEdit[], { world }: Session): WorkspaceEdit {
  const annotationId = "file-list";
  const label = world.texts.translate("Update the file list");
  return {
    changeAnnotations: { [annotationId]: { label, needsConfirmation: true } },
    documentChanges: edits.map((each) => ({
      ...each,
      edits: each.edits.map((edit) => ({ ...edit, annotationId })) as TextDocumentEdit["edits"],
    })),
  };
}

async function isWanted(
  edits: readonly TextDocumentEdit[],
  { connection, world }: Session,
): Promise<boolean> {
  const { translate } = world.texts;
  const files = edits.map(({ textDocument: { uri } }) => {
    const path = world.paths.fromUri(uri);
    return oneLine(path === undefined ? uri : world.paths.basename(path));
  });
  const yes = translate("Update");
  const chosen = await connection.window.showInformationMessage(
    translate("Listed files are moved or deleted. Update the file list of {files}?", {
      files: files.join(", "),
    }),
    { title: yes },
    { title: translate("Leave as it is") },
  );
  return chosen?.title === yes;
}
