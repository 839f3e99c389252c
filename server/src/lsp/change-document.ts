import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toSpan } from "./convert.ts";

/** Makes the changes that the editor tells of, one after the other: the places of each are those in the text before it. */
export function changeDocument(
  document: OpenDocument,
  version: number,
  changes: readonly TextDocumentContentChangeEvent[],
): void {
  for (const change of changes) {
    if ("range" in change) {
      document.edit({ span: toSpan(document.tree.source, change.range), newText: change.text });
    } else document.replace(change.text);
  }
  document.version = version;
}
