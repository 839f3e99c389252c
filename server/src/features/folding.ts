import type { ElementNode, SyntaxNode } from "../syntax/node.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";

export interface FoldingRange {
  /** From a place on the line that stays visible to a place on the last line that is hidden. */
  readonly span: Span;
  readonly kind: "element" | "comment" | "region";
}

/** Editors take no more of one document. */
const foldLimit = 5000;

/**
 * What can be folded: elements whose content spreads over lines, long comments, and what stands between
 * `<!-- #region -->` and `<!-- #endregion -->`. The line of an end tag stays visible.
 */
export function foldingRanges(tree: SyntaxTree): readonly FoldingRange[] {
  const folds: FoldingRange[] = [];
  const regions: number[] = [];
  let start = 0;
  for (const node of tree.document.children) {
    collect(node, start, folds, regions);
    start += node.width;
  }
  return folds.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end).slice(0, foldLimit);
}

/** The line breaks in a node: where the first and the last stand, counted from its start. */
interface LineBreaks {
  readonly first: number;
  readonly last: number;
}

/** The recursion ends: elements nest to a fixed depth at most. */
function collect(
  node: SyntaxNode,
  start: number,
  folds: FoldingRange[],
  regions: number[],
): LineBreaks | undefined {
  switch (node.kind) {
    case "text":
      return lineBreaks(node.raw, 0);
    case "cdata":
      return lineBreaks(node.content, 9);
    case "comment": {
      const breaks = lineBreaks(node.content, 4);
      if (breaks) folds.push({ span: { start, end: start + node.width }, kind: "comment" });
      else collectRegion(node.content, start, node.width, folds, regions);
      return breaks;
    }
    case "element":
      return collectElement(node, start, folds, regions);
    default:
      return undefined;
  }
}

function collectElement(
  node: ElementNode,
  start: number,
  folds: FoldingRange[],
  regions: number[],
): LineBreaks | undefined {
  let first: number | undefined;
  let last = 0;
  let position = node.startTagWidth;
  for (const child of node.children) {
    const breaks = collect(child, start + position, folds, regions);
    if (breaks) {
      first ??= position + breaks.first;
      last = position + breaks.last;
    }
    position += child.width;
  }
  if (first === undefined) return undefined;
  // With a single line break the end tag stands on the next line, and there is nothing in between to hide.
  if (last > first) folds.push({ span: { start: start + first, end: start + last }, kind: "element" });
  return { first, last };
}

function collectRegion(
  comment: string,
  start: number,
  width: number,
  folds: FoldingRange[],
  regions: number[],
): void {
  if (/^\s*#region\b/.test(comment)) regions.push(start);
  else if (/^\s*#endregion\b/.test(comment)) {
    const opened = regions.pop();
    if (opened !== undefined) folds.push({ span: { start: opened, end: start + width }, kind: "region" });
  }
}

/** Places right before the first and the last line break. */
function lineBreaks(text: string, offset: number): LineBreaks | undefined {
  const first = text.search(/\r\n?|\n/);
  if (first < 0) return undefined;
  let last = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
  if (last > 0 && text[last] === "\n" && text[last - 1] === "\r") last--;
  return { first: offset + first, last: offset + last };
}
