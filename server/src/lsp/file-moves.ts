import type {
  FileOperationRegistrationOptions,
  ServerCapabilities,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { PathMove } from "../features/moved-files.ts";
import type { FileChange } from "../workspace/closed-specs.ts";
import { type ClientCapabilities, type FileOperation, fileOperations } from "./client-capabilities.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Files of any kind are listed, and folders are moved with all that is in them. */
const anything: FileOperationRegistrationOptions = { filters: [{ pattern: { glob: "**/*" } }] };

/** What an editor does to files is asked about before, and told after only by those who ask nothing or watch nothing. */
export function fileMoveCapabilities({
  fileOperations: known,
  watchesFiles,
}: ClientCapabilities): ServerCapabilities["workspace"] {
  const wanted = fileOperations.filter((each) => {
    if (!known.includes(each)) return false;
    return each.startsWith("will") || !watchesFiles || !known.includes(beforeOf(each));
  });
  if (wanted.length === 0) return {};
  return { fileOperations: Object.fromEntries(wanted.map((each) => [each, anything])) };
}

function beforeOf(operation: FileOperation): FileOperation {
  return operation === "didRename" || operation === "willRename" ? "willRename" : "willDelete";
}

/**
 * Has the file lists of specs follow when an editor moves or deletes files and folders.
 *
 * @param onMoved called with what has gone from the disk and what has come
 */
export function answerFileMoves(session: Session, onMoved: (changes: readonly FileChange[]) => void): void {
  const { connection, world, client } = session;
  const { fromUri } = world.paths;

  connection.workspace.onWillRenameFiles(async ({ files }) => editFor(renamed(files)));
  connection.workspace.onWillDeleteFiles(async ({ files }) => editFor(deleted(files)));
  connection.workspace.onDidRenameFiles(({ files }) => follow(renamed(files), "willRename"));
  connection.workspace.onDidDeleteFiles(({ files }) => follow(deleted(files), "willDelete"));

  /** What lies on no disk concerns nobody: a file that goes there is gone. */
  function renamed(files: readonly { readonly oldUri: string; readonly newUri: string }[]): PathMove[] {
    return files.flatMap(({ oldUri, newUri }) => {
      const from = fromUri(oldUri);
      return from === undefined ? [] : [{ from, to: fromUri(newUri) }];
    });
  }

  function deleted(files: readonly { readonly uri: string }[]): PathMove[] {
    return files.flatMap(({ uri }) => {
      const from = fromUri(uri);
      return from === undefined ? [] : [{ from, to: undefined }];
    });
  }

  async function editFor(moves: readonly PathMove[]): Promise<WorkspaceEdit | null> {
    // Few sessions move files, and none should start later for it.
    const { editsForMoves } = await import("./file-move-edits.ts");
    return editsForMoves(moves, session);
  }

  /** An editor that has asked before has had its edit. */
  function follow(moves: readonly PathMove[], before: FileOperation): void {
    onMoved(
      moves.flatMap(({ from, to }): FileChange[] => [
        { path: from, kind: "deleted" },
        ...(to === undefined ? [] : [{ path: to, kind: "created" } as const]),
      ]),
    );
    if (client().fileOperations.includes(before) || !client().appliesEdits) return;
    const work = editFor(moves).then((edit) => edit && connection.workspace.applyEdit({ edit }));
    inBackground(connection, work);
  }
}
