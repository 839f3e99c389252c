import type { Element } from "../../syntax/element.ts";
import type { EditList } from "./edit-list.ts";
import type { FormatSettings } from "./format-settings.ts";
import { columnsOf, indentationIn, type Line, lineBreaksIn } from "./line.ts";

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
  const close = element.startTagSpan.end - (node.closing === "empty" ? 2 : 1);
  const starts = [...attributes.map(({ nameStart }) => start + nameStart), close];
  const ends = [element.nameSpan.end, ...attributes.map(({ end }) => start + end)];
  const gaps = starts.map((gapEnd, index) => edits.text.slice(ends[index], gapEnd));
  const blanksOf = blanksIn(element, gaps, place, edits.text);
  for (const [index, gap] of gaps.entries()) {
    edits.replace(ends[index]!, starts[index]!, blanksOf(gap, index));
    if (index < attributes.length) writeQuotes(element, index, place.settings, edits);
  }
}

/** What is to stand in each gap: before the attributes, in order, and before the bracket that closes the tag. */
function blanksIn(
  element: Element,
  gaps: readonly string[],
  { line, beginsLine, mayBreak, settings, lineBreak }: StartTagPlace,
  text: string,
): (gap: string, index: number) => string {
  const { attributes, unit } = settings;
  const last = gaps.length - 1;
  const deeper = line.after + unit;
  const hasLines = gaps.slice(0, last).some(isBroken);
  const moved = (gap: string) => withIndentation(gap, line);
  const indented = (indentation: string) => (gap: string, index: number) =>
    isBroken(gap) ? lineBreaksIn(gap)[0]! + (index === last ? line.after : indentation) : gap;
  if (!beginsLine) return moved;
  if (attributes === "align") {
    return indented(isBroken(gaps[0]!) ? deeper : line.after + " ".repeat(element.name.length + 2));
  }
  if (attributes === "wrap" && (hasLines || (last > 1 && isTooLong(element, line, settings, text)))) {
    const wrapped = indented(deeper);
    return (gap, index) => wrapped(mayBreak && index < last && !isBroken(gap) ? lineBreak : gap, index);
  }
  return moved;
}

/** Whether a start tag of one line is too long for it. */
function isTooLong(
  { startTagSpan: { start, end } }: Element,
  { after }: Line,
  { tabWidth, lineLength }: FormatSettings,
  text: string,
): boolean {
  return columnsOf(after, tabWidth) + end - start > lineLength && !/[\r\n]/.test(text.slice(start, end));
}

/** Moves what is below a line with it. */
function withIndentation(gap: string, { before, after }: Line): string {
  const indentation = indentationIn(gap);
  if (before === after || !isBroken(gap) || !indentation.startsWith(before)) return gap;
  return gap.slice(0, gap.length - indentation.length) + after + indentation.slice(before.length);
}

function isBroken(gap: string): boolean {
  return /[\r\n]/.test(gap);
}

const quotes = { double: '"', single: "'" } as const;

function writeQuotes(element: Element, index: number, settings: FormatSettings, edits: EditList): void {
  if (settings.quotes === "preserve") return;
  const { rawValue, valueStart, end } = element.node.attributes[index]!;
  const quote = quotes[settings.quotes];
  if (rawValue === undefined || rawValue.includes(quote)) return;
  const start = element.start + valueStart;
  edits.replace(start - 1, start, quote);
  edits.replace(element.start + end - 1, element.start + end, quote);
}
