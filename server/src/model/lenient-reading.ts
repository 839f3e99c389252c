import { type Release, switchesOf } from "../dialect/switches.ts";
import type { ProblemCode } from "../syntax/problem.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/**
 * Whether a text that is not well-formed is read all the same: the release has a lenient parser, which takes over when
 * the first one stops, and that one finds nothing to stop at.
 *
 * @source OTRS 6.0 and Znuny 7.1, XMLParse
 */
export function isReadLeniently(tree: SyntaxTree, release: Release): boolean {
  return (
    !tree.isWellFormed &&
    tree.root !== undefined &&
    switchesOf(release).readsLeniently &&
    tree.problems.every(({ code }) => toleratedProblems.has(code))
  );
}

/** What the lenient parser takes without a word (Znuny 7.1, XML::Parser::Lite). */
const toleratedProblems: ReadonlySet<ProblemCode> = new Set([
  "bare-ampersand",
  "entity-undefined",
  "character-reference-invalid",
  "attribute-duplicate",
  "character-illegal",
  "comment-double-dash",
  "cdata-unclosed",
  "cdata-end-in-text",
  "declaration-misplaced",
]);
