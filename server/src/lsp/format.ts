import type { FormattingOptions, ServerCapabilities, TextEdit } from "vscode-languageserver";
import { type FormatSettings, formatSettings } from "../features/format/format-settings.ts";
import { formatTriggers } from "../features/format/format-triggers.ts";
import type { TextEdit as CoreEdit } from "../text/edit.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import { toOffset, toSpan, toTextEdit } from "./convert.ts";
import type { Session } from "./session.ts";

const [firstTriggerCharacter, ...moreTriggerCharacter] = formatTriggers;

export const formatCapabilities: ServerCapabilities = {
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter, moreTriggerCharacter },
};

/** Columns; no person has wider ones. */
const widestTab = 32;

type Formatter = typeof import("../features/format/spec-format.ts");

/** Lays out specs. Archives stay as their builder has written them. */
export function answerFormatRequests({ connection, workspace, documentOf }: Session): void {
  const about = aboutDocuments(documentOf);

  connection.onDocumentFormatting(
    about((document, { options }) =>
      laidOut(document, options, ({ formatSpec }, settings) => formatSpec(document.tree, settings)),
    ),
  );

  connection.onDocumentRangeFormatting(
    about((document, { options, range }) =>
      laidOut(document, options, ({ formatSpec }, settings) =>
        formatSpec(document.tree, settings, toSpan(document.tree.source, range)),
      ),
    ),
  );

  connection.onDocumentOnTypeFormatting(
    about((document, { options, position, ch }) =>
      laidOut(document, options, ({ formatSpecOnType }, settings) =>
        formatSpecOnType(document.tree, toOffset(document.tree.source, position), ch, settings),
      ),
    ),
  );

  /** Null for what is not laid out, and where the text has changed before it was known how. */
  async function laidOut(
    document: OpenDocument,
    options: FormattingOptions,
    layOut: (formatter: Formatter, settings: FormatSettings) => readonly CoreEdit[],
  ): Promise<TextEdit[] | null> {
    if (document.kind !== "spec") return null;
    const { tree } = document;
    const config = await workspace.editorConfigs.of(document);
    // No server starts later for what few ask for.
    const formatter = await import("../features/format/spec-format.ts");
    if (document.tree !== tree) return null;
    const tabSize = Math.max(1, Math.min(options.tabSize, widestTab));
    const settings = formatSettings(document.settings.format, config, { ...options, tabSize }, tree);
    return layOut(formatter, settings).map((edit) => toTextEdit(tree.source, edit));
  }
}
