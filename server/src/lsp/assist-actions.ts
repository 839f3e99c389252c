import type { CodeAction, Range, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Assist } from "../features/assists/assist.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toOffset } from "./convert.ts";
import type { Session } from "./session.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

export const assistKind = "refactor.rewrite";

/** What can be changed at a place of a spec where nothing need be wrong. */
export async function assistActionsFor(
  document: OpenDocument,
  { start }: Range,
  session: Session,
): Promise<readonly CodeAction[]> {
  const { tree } = document;
  if (document.kind !== "spec") return [];
  // No server starts later for what few ask for.
  const { assistsAt } = await import("../features/assists/assists.ts");
  if (document.tree !== tree) return [];
  const { world } = session;
  const { translate } = world.texts;
  return assistsAt(document.forFeatures(), toOffset(tree.source, start), world.clock.now()).flatMap(
    (assist) => {
      const edit = editOf(document, assist, session);
      return edit ? [{ title: translate(assist.title, assist.arguments), kind: assistKind, edit }] : [];
    },
  );
}

/** Undefined where a file would come with it, and the editor makes none or it has no place. */
function editOf(
  document: OpenDocument,
  { edits, newFile }: Assist,
  { client, world: { paths } }: Session,
): WorkspaceEdit | undefined {
  const edit = toWorkspaceEdit(document, edits, client());
  if (!newFile) return edit;
  if (document.baseFolder === undefined || !edit.documentChanges || !client().createsFiles) return undefined;
  const uri = paths.toUri(paths.join(document.baseFolder, newFile.path));
  const start = { line: 0, character: 0 };
  const written: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start, end: start }, newText: newFile.text }],
  };
  return {
    documentChanges: [
      { kind: "create", uri, options: { ignoreIfExists: false } },
      written,
      ...edit.documentChanges,
    ],
  };
}
