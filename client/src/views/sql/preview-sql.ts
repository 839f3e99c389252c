import * as vscode from "vscode";
import type { ProtocolRange } from "../../../../server/src/protocol/place.ts";
import type { SqlPreviewRange } from "../../../../server/src/protocol/sql-preview.ts";
import { chooseSpec } from "../../spec-target.ts";
import { toRange } from "../../to-range.ts";
import type { SqlDocuments } from "./sql-documents.ts";

/**
 * Opens the SQL of a spec beside it, where the lens of a section is followed at the SQL of that. Yields the document;
 * undefined when there is no spec.
 */
export function previewSqlCommand(documents: SqlDocuments) {
  return async (argument?: unknown, section?: unknown): Promise<vscode.TextDocument | undefined> => {
    const spec = await chooseSpec(argument);
    if (!spec) return undefined;
    const preview = documents.previewOf(spec);
    const document = await vscode.workspace.openTextDocument(preview);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    const place = isRange(section) && placeOfSection(documents.rangesOf(preview), section);
    if (place) editor.revealRange(place, vscode.TextEditorRevealType.AtTop);
    return document;
  };
}

/** A menu passes what is selected as second argument. */
function isRange(value: unknown): value is ProtocolRange {
  const { start, end } = (value ?? {}) as Partial<ProtocolRange>;
  return Number.isInteger(start?.line) && Number.isInteger(end?.line);
}

/** The first of what comes from a section; undefined when nothing does. */
function placeOfSection(
  ranges: readonly SqlPreviewRange[],
  section: ProtocolRange,
): vscode.Range | undefined {
  const whole = toRange(section);
  const found = ranges.find(({ spec }) => whole.contains(toRange(spec)));
  return found && toRange(found.preview);
}
