import type { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { linkedEditing } from "./linked-editing.ts";

/** The names of the tags that belong together, when the caret is in one of them; otherwise nothing. */
export function documentHighlights(tree: SyntaxTree, offset: number): readonly Span[] {
  return linkedEditing(tree, offset) ?? [];
}
