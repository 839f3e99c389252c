import { occurrencesOf, symbolAt } from "../symbols/package-symbols.ts";
import type { Span } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { linkedEditing } from "./linked-editing.ts";

export interface DocumentHighlight {
  readonly span: Span;
  /** What the place does with a name: gives or takes it, or uses it. For tags "text". */
  readonly kind: "write" | "read" | "text";
}

/** The names of the tags that belong together, or all places that name what the caret is in; otherwise nothing. */
export function documentHighlights(
  { tree, spec }: Pick<FeatureDocument, "tree" | "spec">,
  offset: number,
): readonly DocumentHighlight[] {
  const tags = linkedEditing(tree, offset);
  if (tags) return tags.map((span) => ({ span, kind: "text" }));
  const symbol = symbolAt(spec, offset);
  if (!symbol) return [];
  return occurrencesOf(spec, symbol).map(({ span, role }) => {
    return { span, kind: role === "used" ? "read" : "write" };
  });
}
