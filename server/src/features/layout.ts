import type { Element } from "../syntax/element.ts";
import type { SourceText } from "../text/source-text.ts";

/** How the lines of a text end. */
export function lineBreakOf(source: SourceText): string {
  return /\r\n?|\n/.exec(source.slice(0, 4000))?.[0] ?? "\n";
}

/** The blanks that the line of an offset begins with. */
export function indentationAt(source: SourceText, offset: number): string {
  const start = source.lineStart(source.positionAt(offset).line);
  return /^[ \t]*/.exec(source.slice(start, start + 200))![0];
}

/** Tells whether only blanks stand before an offset on its line. */
export function startsLine(source: SourceText, offset: number): boolean {
  return source.slice(source.lineStart(source.positionAt(offset).line), offset).trim() === "";
}

/** The blanks that one level of nesting adds, as the first element below the root has it; four where there is none. */
export function indentationUnit(source: SourceText, root: Element | undefined): string {
  const first = root && firstElement(root);
  if (!root || first === undefined || !startsLine(source, first)) return "    ";
  const outer = indentationAt(source, root.start);
  const inner = indentationAt(source, first);
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : "    ";
}

/** Snippets and examples are written with four blanks per level; this gives them the document's own. */
export function reindented(text: string, unit: string): string {
  if (unit === "    ") return text;
  return text.replace(/\n((?: {4})+)/g, (_, blanks: string) => `\n${unit.repeat(blanks.length / 4)}`);
}

function firstElement(root: Element): number | undefined {
  let start = root.contentSpan.start;
  for (const node of root.node.children) {
    if (node.kind === "element") return start;
    start += node.width;
  }
  return undefined;
}
