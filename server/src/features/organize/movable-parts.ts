import { speaksForFile } from "../../rules/suppression.ts";
import type { Element, Placed } from "../../syntax/element.ts";
import type { SourceText } from "../../text/source-text.ts";
import type { Span } from "../../text/span.ts";

/** A child element with the comments that go with it: those before it, and those behind it in its line. */
export interface MovablePart {
  readonly element: Element;
  readonly span: Span;
}

/**
 * The children of an element as parts that can change places. Comments at the end stay, and so do those that speak for
 * the file.
 *
 * @returns undefined where something stands between them that belongs to nobody, or is broken
 */
export function movableParts(parent: Element, source: SourceText): readonly MovablePart[] | undefined {
  const parts: { readonly element: Element; span: Span }[] = [];
  const elements = parent.elements.values();
  /** Where the comments before the next element start. */
  let start: number | undefined;
  for (const placed of parent.children()) {
    const { node } = placed;
    const end = placed.start + node.width;
    const last = parts.at(-1);
    switch (node.kind) {
      case "element": {
        const { value: element } = elements.next();
        if (!element || !isWhole(element)) return undefined;
        parts.push({ element, span: { start: start ?? placed.start, end } });
        start = undefined;
        break;
      }
      case "comment":
        if (!node.closed || node.problems) return undefined;
        if (speaksForFile(node.content)) start = undefined;
        else if (start === undefined && last && sharesLine(last.span.end, placed, source))
          last.span = { start: last.span.start, end };
        else start ??= placed.start;
        break;
      case "text":
        if (node.raw.trim() !== "") return undefined;
        break;
      default:
        return undefined;
    }
  }
  return parts;
}

function isWhole({ node }: Element): boolean {
  return node.problemCount === 0;
}

function sharesLine(end: number, { start }: Placed, source: SourceText): boolean {
  return !/[\r\n]/.test(source.slice(end, start));
}
