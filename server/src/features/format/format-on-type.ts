import type { Element } from "../../syntax/element.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { SourceText } from "../../text/source-text.ts";
import { indentationAt, startsLine } from "../layout.ts";
import { isText } from "./format.ts";
import type { FormatSettings } from "./format-settings.ts";
import type { MarkupLanguage } from "./markup-language.ts";

/**
 * The edit that indents the line of what has just been typed: a new line, or one that begins with the tag that a `>` has
 * closed. Lines in texts, CDATA and comments stay.
 *
 * @param offset right behind the typed character
 */
export function formatOnType(
  tree: SyntaxTree,
  offset: number,
  typed: string,
  settings: FormatSettings,
  language: MarkupLanguage,
): readonly TextEdit[] {
  const { source } = tree;
  const start = source.lineStart(source.positionAt(offset).line);
  const before = indentationAt(source, start);
  const first = start + before.length;
  if (typed === ">" && !/^<[^<>!?]+>$/.test(source.slice(first, offset))) return [];
  const indentation = indentationOf({ start, first }, tree, settings, language);
  if (indentation === undefined || indentation === before) return [];
  return [{ span: { start, end: first }, newText: indentation }];
}

/** Where a line starts, and where what is in it does. */
interface LineStart {
  readonly start: number;
  readonly first: number;
}

/** What a line is to begin with; undefined for one that belongs to a text, or to nothing that can be told. */
function indentationOf(
  line: LineStart,
  tree: SyntaxTree,
  settings: FormatSettings,
  language: MarkupLanguage,
): string | undefined {
  const place = tree.placeAt(line.start);
  const { source } = tree;
  const isBetweenAttributes =
    place.kind === "start-tag" ||
    (place.kind === "attribute-name" && place.attribute.span.start === line.start);
  if (isBetweenAttributes) return indentationInTag(place.element, line, source, settings);
  if (place.kind !== "content" || (place.node && place.node.node.kind !== "text")) return undefined;
  const unfinished = unfinishedBefore(line.start, tree);
  if (unfinished) return indentationInTag(unfinished, line, source, settings);
  const { element } = place;
  if (!element) return "";
  const freedom = language.freedomIn(element, element.level);
  if (freedom === "nothing" || (element.node.content.some(isText) && !language.takesNoText(element)))
    return undefined;
  const outer = indentationAt(source, element.start);
  if (element.node.endTagWidth > 0 && element.contentSpan.end === line.first) return outer;
  if (freedom === "behind-first") {
    const [sibling] = element.elements;
    if (sibling && sibling.start < line.start && startsLine(source, sibling.start))
      return indentationAt(source, sibling.start);
  }
  return outer + settings.unit;
}

function indentationInTag(
  element: Element,
  { first }: LineStart,
  source: SourceText,
  settings: FormatSettings,
): string {
  const outer = indentationAt(source, element.start);
  if (/^\/?>/.test(source.slice(first, first + 2))) return outer;
  const attribute = element.attributeAt(0);
  const isBelow =
    settings.attributes === "align" &&
    attribute !== undefined &&
    attribute.span.start < first &&
    !startsLine(source, attribute.span.start) &&
    startsLine(source, element.start);
  return outer + (isBelow ? " ".repeat(element.name.length + 2) : settings.unit);
}

/** The element whose start tag stands before an offset and has no end yet, with nothing but blanks in between. */
function unfinishedBefore(offset: number, tree: SyntaxTree): Element | undefined {
  const reach = tree.source.slice(Math.max(0, offset - 500), offset);
  const end = offset - (reach.length - reach.trimEnd().length);
  const { element } = tree.placeAt(end);
  return element?.closing === "unfinished" && element.startTagSpan.end === end ? element : undefined;
}
