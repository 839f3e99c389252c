import type { Element } from "../../syntax/element.ts";
import type { AttributeNode } from "../../syntax/node.ts";
import type { EditList } from "./edit-list.ts";
import type { FormatSettings } from "./format-settings.ts";
import { blanksIn, columnsOf, hasLineBreak, type Line } from "./line.ts";

interface StartTagPlace {
  /** The one that the tag begins in. */
  readonly line: Line;
  /** Whether nothing but blanks stands before it there. */
  readonly beginsLine: boolean;
  readonly mayBreak: boolean;
  readonly settings: FormatSettings;
  /** For lines that are broken. */
  readonly lineBreak: string;
}

/** Lays out the attributes of a start tag with which nothing is wrong. */
export function formatStartTag(element: Element, place: StartTagPlace, edits: EditList): void {
  const { node, start } = element;
  const { attributes } = node;
  if (attributes.length === 0) return;
  const blanksOf = layoutOf(element, place, edits.text);
  if (!blanksOf && place.settings.quotes === "preserve") return;
  const close = element.startTagSpan.end - (node.closing === "empty" ? 2 : 1);
  let end = element.nameSpan.end;
  for (let index = 0; index <= attributes.length; index++) {
    const attribute = attributes[index];
    const next = attribute ? start + attribute.nameStart : close;
    if (blanksOf) edits.replace(end, next, blanksOf(edits.text.slice(end, next), index));
    if (!attribute) return;
    writeQuotes(attribute, start, place.settings, edits);
    end = start + attribute.end;
  }
}

/** What is to stand in place of blanks before an attribute, in order, and before the bracket that closes the tag. */
type Layout = (blanks: string, index: number) => string;

/** Undefined for a start tag whose blanks stay. */
function layoutOf(
  element: Element,
  { line, beginsLine, mayBreak, settings, lineBreak }: StartTagPlace,
  text: string,
): Layout | undefined {
  const { attributes, unit } = settings;
  const { node, start, startTagSpan } = element;
  const count = node.attributes.length;
  const indented =
    (indentation: string): Layout =>
    (blanks, index) =>
      hasLineBreak(blanks)
        ? blanksIn(blanks).lineBreaks.match(/\r\n?|\n/)![0] + (index === count ? line.after : indentation)
        : blanks;
  if (!hasLineBreak(text.slice(start, startTagSpan.end))) {
    const isWrapped =
      attributes === "wrap" && beginsLine && mayBreak && count > 1 && isTooLong(element, line, settings);
    return isWrapped
      ? (blanks, index) => (index < count ? lineBreak + line.after + unit : blanks)
      : undefined;
  }
  const before = (index: number) => {
    const from = index === 0 ? element.nameSpan.end : start + node.attributes[index - 1]!.end;
    return text.slice(from, start + node.attributes[index]!.nameStart);
  };
  if (attributes === "align" && beginsLine) {
    return indented(
      hasLineBreak(before(0)) ? line.after + unit : line.after + " ".repeat(element.name.length + 2),
    );
  }
  const hasLines = node.attributes.some((_, index) => hasLineBreak(before(index)));
  if (attributes === "wrap" && beginsLine && hasLines) {
    const wrapped = indented(line.after + unit);
    return (blanks, index) =>
      wrapped(mayBreak && index < count && !hasLineBreak(blanks) ? lineBreak : blanks, index);
  }
  return line.before === line.after ? undefined : (blanks) => withIndentation(blanks, line);
}

/** Whether a start tag that has one line is too long for it. */
function isTooLong({ node }: Element, { after }: Line, { tabWidth, lineLength }: FormatSettings): boolean {
  return columnsOf(after, tabWidth) + node.startTagWidth > lineLength;
}

/** Moves what is below a line with it. */
function withIndentation(blanks: string, { before, after }: Line): string {
  const { lineBreaks, indentation } = blanksIn(blanks);
  if (lineBreaks === "" || !indentation.startsWith(before)) return blanks;
  return blanks.slice(0, blanks.length - indentation.length) + after + indentation.slice(before.length);
}

const quotes = { double: '"', single: "'" } as const;

function writeQuotes(
  { rawValue, valueStart, end }: AttributeNode,
  start: number,
  settings: FormatSettings,
  edits: EditList,
): void {
  if (settings.quotes === "preserve" || rawValue === undefined) return;
  const quote = quotes[settings.quotes];
  const opening = start + valueStart - 1;
  if (edits.text[opening] === quote || rawValue.includes(quote)) return;
  edits.replace(opening, opening + 1, quote);
  edits.replace(start + end - 1, start + end, quote);
}
