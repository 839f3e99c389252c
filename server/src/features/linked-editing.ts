import type { SyntaxTree } from "../syntax/tree.ts";
import { type Span, touches } from "../text/span.ts";

/** What the editor may type at both places at once. */
export const linkedNamePattern = "[\\p{L}_:][\\p{L}\\p{N}_.:-]*";

/** The name in the start tag and in the end tag of the element whose name is at `offset`; undefined elsewhere. */
export function linkedEditing(tree: SyntaxTree, offset: number): readonly [Span, Span] | undefined {
  const place = tree.placeAt(offset);
  if (place.kind !== "tag-name") return undefined;
  const { nameSpan, endNameSpan } = place.element;
  if (!endNameSpan) return undefined;
  return touches(place.inEndTag ? endNameSpan : nameSpan, offset) ? [nameSpan, endNameSpan] : undefined;
}
