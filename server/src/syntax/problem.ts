import type { Span } from "../text/span.ts";

/** What can be wrong with the form of a text, whatever its elements mean. Each is fatal to an XML parser. */
export type ProblemCode =
  | "tag-unclosed" // a start tag without `>`
  | "end-tag-missing" // an element that nothing closes
  | "end-tag-mismatch" // an end tag with a similar but other name
  | "end-tag-stray" // an end tag that closes nothing
  | "end-tag-malformed" // an end tag without name or `>`, or with something else in it
  | "attribute-value-missing" // a name without value
  | "attribute-equals-missing" // `Name "value"`
  | "attribute-quote-missing" // the closing quote is not there
  | "attribute-unquoted" // `Name=value`
  | "attribute-space-missing" // no blank between two attributes
  | "attribute-duplicate" // the same name twice in a tag
  | "attribute-less-than" // `<` in a value
  | "tag-junk" // something else in a start tag
  | "stray-less-than" // `<` that starts nothing
  | "bare-ampersand" // `&` that starts no reference
  | "entity-undefined" // a reference to an entity that is not declared
  | "character-reference-invalid" // a number that is no XML character
  | "cdata-end-in-text" // `]]>` outside CDATA
  | "cdata-unclosed"
  | "comment-unclosed"
  | "comment-double-dash"
  | "instruction-unclosed"
  | "instruction-malformed"
  | "declaration-misplaced" // `<?xml` that is not first
  | "declaration-malformed"
  | "doctype-unclosed"
  | "doctype-misplaced"
  | "character-illegal" // a control character or half a surrogate pair
  | "too-deep"
  | "root-missing"
  | "root-duplicate"
  | "text-outside-root";

/** One mistake in the form of the text. */
export interface Problem {
  readonly code: ProblemCode;
  readonly span: Span;
  /** What the message names, such as the element or the character. */
  readonly subject?: string;
  /** A second name, such as the one that was expected. */
  readonly expected?: string;
}

/** Elements nested deeper than this are not taken apart: XML parsers refuse them too (libxml2 2.9 without its "huge" option). */
export const maximumDepth = 257;

/** More problems than this in one text or tag help nobody. */
const problemLimit = 100;

/**
 * Adds a problem to a list, which is made when there is none yet. Illegal characters side by side are one problem,
 * and a long list does not grow.
 */
export function noteProblem(
  problems: Problem[] | undefined,
  code: ProblemCode,
  start: number,
  end: number,
  subject?: string,
): Problem[] {
  const list = problems ?? [];
  const last = list.at(-1);
  if (code === "character-illegal" && last?.code === code && last.span.end === start) {
    (last.span as { end: number }).end = end;
  } else if (list.length < problemLimit) {
    const span = { start, end };
    list.push(subject === undefined ? { code, span } : { code, span, subject });
  }
  return list;
}
