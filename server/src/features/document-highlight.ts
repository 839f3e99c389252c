import { queryFor } from "../symbols/package-symbols.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { linkedEditing } from "./linked-editing.ts";
import type { NamedDocument } from "./named-document.ts";

export interface DocumentHighlight {
  readonly span: Span;
  /** What the place does with a name: gives or takes it, or uses it. For tags "text". */
  readonly kind: "write" | "read" | "text";
}

/**
 * The names of the tags that belong together, or all places that name what the caret is in; otherwise nothing.
 *
 * @param tree undefined for a document that has no tags
 */
export function documentHighlights(
  { nameAt, names }: Pick<NamedDocument, "nameAt" | "names">,
  tree: SyntaxTree | undefined,
  offset: number,
): readonly DocumentHighlight[] {
  const tags = tree && linkedEditing(tree, offset);
  if (tags) return tags.map((span) => ({ span, kind: "text" }));
  const name = nameAt(offset);
  if (!name) return [];
  return Array.from(names(queryFor(name)), ({ span, role }) => {
    return { span, kind: role === "used" ? "read" : "write" };
  });
}
