import type { WorkspaceEdit } from "vscode-languageserver";
import type { TextEdit } from "../text/edit.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toTextEdit } from "./convert.ts";

/** Edits of the text of a document as it is now, as one step that is taken back as one. */
export function toWorkspaceEdit(
  { uri, version, tree }: OpenDocument,
  edits: readonly TextEdit[],
  { documentChanges }: ClientCapabilities,
): WorkspaceEdit {
  const converted = edits.map((edit) => toTextEdit(tree.source, edit));
  return documentChanges
    ? { documentChanges: [{ textDocument: { uri, version }, edits: converted }] }
    : { changes: { [uri]: converted } };
}
