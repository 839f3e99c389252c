import { type Release, switchesOf } from "../dialect/switches.ts";
import { textOf } from "../syntax/element.ts";
import type { SyntaxNode } from "../syntax/node.ts";
import type { Problem, ProblemCode } from "../syntax/problem.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/**
 * What becomes of a text that is not well-formed. Some releases have a second, lenient parser, which takes over where
 * the first one stops.
 *
 * - `refused`: nothing is read; there is no second parser, or it stops as well
 * - `accepted`: what the first one had read until then counts, and all that the second one reads is put behind it
 * - `unknown`: there is a second parser, and nobody has seen what it makes of such a text
 *
 * @source OTRS 6.0 and Znuny 7.1, XMLParse
 */
export type MalformedReading = "refused" | "accepted" | "unknown";

export function readingOfMalformed(tree: SyntaxTree, release: Release): MalformedReading {
  const { problems } = tree;
  if (!switchesOf(release).readsLeniently) return "refused";
  if (problems.every(({ code }) => toleratedProblems.has(code))) return tree.doctype ? "unknown" : "accepted";
  // Whatever comes before, an element that is still open in the end is refused.
  if (isOpenInTheEnd(tree)) return "refused";
  const isUnseen = problems.some((each) => !toleratedProblems.has(each.code) && !isSurelyRefused(tree, each));
  return isUnseen ? "unknown" : "refused";
}

function isOpenInTheEnd({ root, problems }: SyntaxTree): boolean {
  const isOpen = root?.closing === "missing" || root?.closing === "unfinished";
  return isOpen && !problems.some(({ code }) => swallowingProblems.has(code));
}

/** What takes for its own, in our tree, what the lenient parser goes on to read. */
const swallowingProblems: ReadonlySet<ProblemCode> = new Set([
  "cdata-unclosed",
  "comment-unclosed",
  "instruction-unclosed",
  "doctype-unclosed",
  "attribute-quote-missing",
]);

/** Where a parser stops because of what is wrong with a text: an offset; undefined for a well-formed one. */
export function stopOf(tree: SyntaxTree): number | undefined {
  const stops = tree.problems.map(({ code, span }) =>
    // That nothing closes an element is seen where something else ends around it, or the text does.
    code === "end-tag-missing" ? (tree.elementAt(span.start)?.span.end ?? span.start) : span.start,
  );
  return stops.length === 0 ? undefined : Math.min(...stops);
}

/** What the lenient parser takes without a word (Znuny 7.1, XML::Parser::Lite). */
const toleratedProblems: ReadonlySet<ProblemCode> = new Set([
  "bare-ampersand",
  "entity-undefined",
  "character-reference-invalid",
  "attribute-duplicate",
  "character-illegal",
  "comment-double-dash",
  "cdata-end-in-text",
  "declaration-misplaced",
]);

/** What it stops at: elements that do not fit together. */
const refusedProblems: ReadonlySet<ProblemCode> = new Set([
  "end-tag-missing",
  "end-tag-mismatch",
  "end-tag-stray",
  "root-missing",
  "root-duplicate",
  "text-outside-root",
]);

/**
 * A start tag that it cannot read is text to it, so that the end tag fits nothing. Where the element has none, the
 * whole element becomes text, and nobody notices.
 */
const brokenStartTag: ReadonlySet<ProblemCode> = new Set(["attribute-unquoted", "attribute-less-than"]);

function isSurelyRefused(tree: SyntaxTree, { code, span }: Problem): boolean {
  if (refusedProblems.has(code)) return true;
  return brokenStartTag.has(code) && tree.elementAt(span.start)?.closing === "end-tag";
}

/** The text of a node as the lenient parser has it: it loses CDATA and knows four entities. */
export function lenientTextOf(node: SyntaxNode): string {
  if (node.kind === "cdata") return "";
  return node.kind === "reference" && !lenientEntities.has(node.raw) ? node.raw : textOf(node);
}

/** The same for the value of an attribute as it is written. */
export function lenientValue(raw: string): string {
  return raw.replace(/&(?:amp|lt|gt|quot);/g, (entity) => lenientEntities.get(entity)!);
}

const lenientEntities: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
]);
