import { readSafely } from "../builder/read-safely.ts";
import { builtStructure } from "../engine/preview-sql.ts";
import type { World } from "../host/world.ts";
import type { IntroPreviewResult } from "../protocol/intro-preview.ts";
import { htmlLine } from "../report/escape-html.ts";
import { htmlStyle } from "../report/html-style.ts";
import { renderIntros } from "../report/render-intros.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";

/** The texts for administrators of a document, as they are shown to them. */
export function introsForEditor(document: OpenDocument, { texts }: Pick<World, "texts">): IntroPreviewResult {
  const { tree } = document;
  const { translate } = texts;
  const { dialect } = document.forFeatures().context;
  const structure =
    document.kind === "archive" ? readSafely(tree, dialect).structure : builtStructure(tree, dialect);
  const html = structure
    ? renderIntros(structure, translate)
    : `<p>${htmlLine(translate("The spec cannot be read, because it is not well-formed."))}</p>`;
  return { kind: "intros", html, style: htmlStyle, isReadable: structure !== undefined };
}
