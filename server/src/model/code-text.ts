import type { Element } from "../syntax/element.ts";
import type { Span } from "../text/span.ts";

/** The text of an element, with the way back from its characters to the source. */
export interface CodeText {
  /** References replaced, markers of CDATA and comments left out, line breaks as they stand in the source. */
  readonly text: string;
  /** What the characters from `start` to `end` stand for in the source. */
  spanOf(start: number, end: number): Span;
  /** The place in the text of an offset in the source; undefined in a reference, a marker or a comment. */
  indexAt(offset: number): number | undefined;
}

interface Piece {
  readonly textStart: number;
  readonly textEnd: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
  /** False for a reference, whose characters have no places of their own. */
  readonly literal: boolean;
}

/** The text of a code section as the frameworks read it: all characters up to the first child element. */
export function codeText(element: Element): CodeText {
  const pieces: Piece[] = [];
  let text = "";
  const add = (value: string, sourceStart: number, sourceLength: number, literal: boolean) => {
    const textStart = text.length;
    text += value;
    pieces.push({
      textStart,
      textEnd: text.length,
      sourceStart,
      sourceEnd: sourceStart + sourceLength,
      literal,
    });
  };
  for (const { node, start } of element.children()) {
    if (node.kind === "element") break;
    if (node.kind === "text") add(node.raw, start, node.width, true);
    if (node.kind === "cdata") add(node.content, start + "<![CDATA[".length, node.content.length, true);
    if (node.kind === "reference") add(node.value ?? node.raw, start, node.width, false);
  }
  return {
    text,
    indexAt: (offset) => {
      const piece = pieces.find(
        ({ literal, sourceStart, sourceEnd }) => literal && sourceStart <= offset && offset <= sourceEnd,
      );
      return piece && piece.textStart + (offset - piece.sourceStart);
    },
    spanOf: (start, end) => {
      const first = pieces.find(({ textEnd }) => start < textEnd) ?? pieces.at(-1);
      const last = pieces.findLast(({ textStart }) => textStart < end) ?? pieces[0];
      if (!first || !last) return { start: element.contentSpan.start, end: element.contentSpan.start };
      return {
        start: first.literal ? first.sourceStart + (start - first.textStart) : first.sourceStart,
        end: last.literal ? last.sourceStart + (end - last.textStart) : last.sourceEnd,
      };
    },
  };
}
