import * as vscode from "vscode";
import type { SqlPreviewRange } from "../../../../server/src/protocol/sql-preview.ts";
import { toRange } from "../../to-range.ts";
import { type SqlDocuments, specOf, sqlScheme } from "./sql-documents.ts";

/**
 * While a spec and its SQL are both in view, marks in the one what the cursor is on in the other and scrolls there. The
 * cursor of the other one stays where it is, so that neither chases the other.
 */
export function followCursor(documents: SqlDocuments): vscode.Disposable {
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    borderColor: new vscode.ThemeColor("contrastActiveBorder"),
    borderWidth: "0 0 0 2px",
    borderStyle: "solid",
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.rangeHighlightForeground"),
  });
  const follow = ({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent) => {
    const [selection] = selections;
    if (textEditor !== vscode.window.activeTextEditor || !selection) return;
    const { uri } = textEditor.document;
    const isPreview = uri.scheme === sqlScheme;
    const preview = isPreview ? uri : documents.previewOf(uri);
    const other = (isPreview ? specOf(uri) : preview).toString();
    const editors = vscode.window.visibleTextEditors.filter(
      ({ document }) => document.uri.toString() === other,
    );
    if (editors.length === 0) return;
    const [here, there] = isPreview ? (["preview", "spec"] as const) : (["spec", "preview"] as const);
    const matches = innermost(documents.rangesOf(preview), here, selection.active).map((range) =>
      toRange(range[there]),
    );
    for (const editor of editors) {
      editor.setDecorations(mark, matches);
      if (matches[0]) editor.revealRange(matches[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
    textEditor.setDecorations(mark, []);
  };
  return vscode.Disposable.from(mark, vscode.window.onDidChangeTextEditorSelection(follow));
}

/** The smallest part that holds a position; several when one element makes SQL at several places. */
function innermost(
  ranges: readonly SqlPreviewRange[],
  side: keyof SqlPreviewRange,
  position: vscode.Position,
): readonly SqlPreviewRange[] {
  const around = ranges.filter((range) => toRange(range[side]).contains(position));
  const smallest = around.reduce<vscode.Range | undefined>((best, each) => {
    const range = toRange(each[side]);
    return !best || best.contains(range) ? range : best;
  }, undefined);
  return smallest ? around.filter((each) => toRange(each[side]).isEqual(smallest)) : [];
}
