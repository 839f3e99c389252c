import { Element, type Placed } from "../../syntax/element.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { lineBreakOf } from "../layout.ts";
import { EditList } from "./edit-list.ts";
import type { FormatSettings } from "./format-settings.ts";
import { type Blanks, blanksIn, columnsOf, hasLineBreak, type Line } from "./line.ts";
import type { Freedom, MarkupLanguage } from "./markup-language.ts";
import { formatStartTag } from "./start-tag.ts";

/**
 * The edits that lay out a text, in order: only blanks between tags and attributes change, and the quotes of values. Texts,
 * CDATA and comments stay as they are, and so does what is broken. An element is indented from the line in which the one
 * around it begins, so that what stands in a range fits what stands around it.
 *
 * Laid out again, the text stays the same.
 *
 * @param range only what is in its lines changes; absent for all
 */
export function format(
  tree: SyntaxTree,
  settings: FormatSettings,
  language: MarkupLanguage,
  range?: Span,
): readonly TextEdit[] {
  const edits = new EditList(tree.source, range);
  const items = tree.topLevel().filter(({ node }) => !isBlankText(node));
  layOut(
    items,
    {
      ...{ parent: undefined, start: 0, end: undefined, level: 0 },
      ...{ line: { before: "", after: "" }, inner: "", mayBreak: true },
      freedom: items.some(({ node }) => isText(node)) ? "nothing" : "blanks",
    },
    { settings, language, edits, lineBreak: lineBreakOf(tree.source) },
  );
  return edits.edits;
}

/** What all parts of a text share that are laid out together. */
interface Formatting {
  readonly settings: FormatSettings;
  readonly language: MarkupLanguage;
  readonly edits: EditList;
  /** For lines that are broken. */
  readonly lineBreak: string;
}

/** What stands between two tags, or outside of all elements. */
interface Content {
  readonly parent: Element | undefined;
  /** Of the parent. */
  readonly level: number;
  readonly start: number;
  /** Where the end tag of the parent starts; undefined where there is none. */
  readonly end: number | undefined;
  /** The one that the parent begins in. */
  readonly line: Line;
  /** What stands before children that begin a line. */
  readonly inner: string;
  readonly freedom: Freedom;
  readonly mayBreak: boolean;
}

/** The recursion ends: elements nest to a fixed depth at most. */
function layOut(items: readonly Placed[], content: Content, formatting: Formatting): void {
  const { parent, level, freedom } = content;
  const gaps = gapsAround(items, content, formatting);
  let { line, inner } = content;
  let isOpen = freedom === "blanks";
  for (const [index, { node, start }] of items.entries()) {
    const gap = gaps[index]!;
    const lineBefore = line;
    line = passGap(gap, isOpen && !gap.isFixed ? inner : undefined, line, formatting);
    if (node.kind !== "element") continue;
    if (freedom === "behind-first" && !isOpen) {
      isOpen = true;
      // The others stand below it, wherever it stands.
      if (line !== content.line) inner = line.before;
    }
    if (!formatting.edits.touches({ start, end: start + node.width })) continue;
    const beginsLine = line !== lineBefore || (!parent && index === 0);
    const place = { level: level + 1, line, beginsLine, mayBreak: gap.mayBreakBehind };
    layOutElement(new Element(node, start, parent), place, formatting);
  }
  const last = gaps[items.length];
  if (last) passGap(last, isOpen && !last.isFixed ? content.line.after : undefined, line, formatting);
}

/** Where an element begins. */
interface Place {
  readonly level: number;
  readonly line: Line;
  /** Whether nothing but blanks stands before it in its line. */
  readonly beginsLine: boolean;
  readonly mayBreak: boolean;
}

function layOutElement(element: Element, place: Place, formatting: Formatting): void {
  const { node } = element;
  const { level, line, beginsLine } = place;
  const { language, settings, edits, lineBreak } = formatting;
  const freedom =
    node.endTagWidth === node.width - node.startTagWidth ? "nothing" : language.freedomIn(element, level);
  const items = freedom === "nothing" ? [] : itemsOf(element);
  const mayBreak = place.mayBreak && !isShort(element, items, line, formatting);
  if (!node.problems) {
    formatStartTag(element, { line, beginsLine, mayBreak, settings, lineBreak }, edits);
  }
  if (freedom === "nothing" || element.value("xml:space") === "preserve") return;
  const isMixed = items.some(({ node }) => isText(node));
  if (isMixed && !language.takesNoText(element)) return;
  const { start, end } = element.contentSpan;
  layOut(
    items,
    {
      ...{ parent: element, level, line, mayBreak, start },
      end: node.endTagWidth > 0 ? end : undefined,
      inner: line.after + settings.unit,
      // What is whole in it is laid out all the same.
      freedom: isMixed || isBroken(element) ? "nothing" : freedom,
    },
    formatting,
  );
}

/** The children that are more than blanks. */
function itemsOf(element: Element): readonly Placed[] {
  const items: Placed[] = [];
  let { start } = element.contentSpan;
  for (const { nodes } of element.node.content.blocks) {
    for (const node of nodes) {
      if (!isBlankText(node)) items.push({ node, start });
      start += node.width;
    }
  }
  return items;
}

/** What stands between two tags or comments. */
interface Gap extends Span {
  readonly blanks: Blanks;
  /** Whether a line may be broken in it that is not. */
  readonly mayBreak: boolean;
  /** The same for what stands behind it, up to the next gap. */
  readonly mayBreakBehind: boolean;
  /** Whether it stays as it is. */
  readonly isFixed: boolean;
}

/** One before each item, and one behind the last where an end tag follows. */
function gapsAround(
  items: readonly Placed[],
  { parent, start, end, freedom, mayBreak }: Content,
  { edits, language }: Formatting,
): readonly Gap[] {
  const count = items.length + (end === undefined ? 0 : 1);
  const startOf = (index: number) => (index === 0 ? start : endOf(items[index - 1]!));
  const stopOf = (index: number) => items[index]?.start ?? end!;
  const blanks: Blanks[] = [];
  for (let index = 0; index < count; index++) {
    blanks.push(blanksIn(edits.text.slice(startOf(index), stopOf(index))));
  }
  const breaksLines = mayBreak && freedom === "blanks" && items.length > 0;
  const gaps: Gap[] = [];
  // Line by line: what is in one is looked at together.
  for (let from = 0; from < count; ) {
    let isSpokenFor = from > 0 && speaksForLine(items[from - 1]!.node, language);
    let holdsElements = true;
    let to = from;
    do {
      const node = items[to]?.node;
      if (node && node.kind !== "element") {
        holdsElements = false;
        isSpokenFor ||= speaksForLine(node, language);
      }
      to++;
    } while (to < count && blanks[to]!.lineBreaks === "");
    for (; from < to; from++) {
      gaps.push({
        start: startOf(from),
        end: stopOf(from),
        blanks: blanks[from]!,
        mayBreak: breaksLines && holdsElements && !isSpokenFor,
        mayBreakBehind: mayBreak && !isSpokenFor,
        // What stands before the first thing of a text belongs to nobody.
        isFixed: isBroken(items[from - 1]) || isBroken(items[from]) || (!parent && from === 0),
      });
    }
  }
  return gaps;
}

/** Writes what belongs into a gap, and tells the line that it leads to. @param indentation undefined for a gap that stays */
function passGap(
  { start, end, blanks: { lineBreaks, indentation: before }, mayBreak }: Gap,
  indentation: string | undefined,
  line: Line,
  { edits, lineBreak }: Formatting,
): Line {
  const isBroken = lineBreaks !== "";
  const unchanged = isBroken ? { before, after: before } : line;
  if (indentation === undefined || !(isBroken || mayBreak)) return unchanged;
  const isReplaced = edits.replace(start, end, (isBroken ? lineBreaks : lineBreak) + indentation);
  return isReplaced ? { before: isBroken ? before : line.before, after: indentation } : unchanged;
}

/** An element that holds nothing but another one, in a line that has room for both: so its author wants it. */
function isShort(
  { node, span: { start, end } }: Element,
  items: readonly Placed[],
  line: Line,
  { settings: { tabWidth, lineLength }, edits }: Formatting,
): boolean {
  const [only] = items;
  return (
    items.length === 1 &&
    only!.node.kind === "element" &&
    !only!.node.children.some(({ kind }) => kind === "element") &&
    columnsOf(line.after, tabWidth) + node.width <= lineLength &&
    !hasLineBreak(edits.text.slice(start, end))
  );
}

function isBlankText(node: SyntaxNode): boolean {
  return node.kind === "text" && !/[^ \t\r\n]/.test(node.raw);
}

/** Text in whatever form, blanks alone left out. */
export function isText(node: SyntaxNode): boolean {
  return node.kind === "reference" || node.kind === "cdata" || (node.kind === "text" && !isBlankText(node));
}

/** What was not meant so, and of which it can only be guessed what was meant. */
function isBroken(item: Pick<Placed, "node"> | undefined): boolean {
  const node = item?.node;
  switch (node?.kind) {
    case "element":
      return node.problems !== undefined || !(node.closing === "end-tag" || node.closing === "empty");
    case "comment":
    case "instruction":
    case "doctype":
      return node.problems !== undefined || !node.closed;
    default:
      return node?.kind === "stray-end-tag";
  }
}

function speaksForLine(node: SyntaxNode, language: MarkupLanguage): boolean {
  return node.kind === "comment" && language.speaksForLine(node.content);
}

function endOf({ node, start }: Placed): number {
  return start + node.width;
}
