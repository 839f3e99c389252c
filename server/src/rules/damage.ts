import { Element } from "../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../syntax/node.ts";
import type { ProblemCode } from "../syntax/problem.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { countUpTo } from "../text/count-up-to.ts";
import { memo } from "../text/memo.ts";
import type { Span } from "../text/span.ts";

/** What of a document nobody can be sure of, because its tags do not fit together. */
export interface Damage {
  /** Elements of these names may be elsewhere, or be more or fewer than they seem. */
  readonly names: ReadonlySet<string>;
  /** True when a section or a comment has swallowed what follows in the root, so that anything may be in it. */
  readonly everywhere: boolean;
  /**
   * The start tags whose attributes may be others than they seem, and the names of elements of which that is said. In
   * document order; none lies in another.
   */
  readonly tags: readonly Span[];
}

/** Undefined where all tags fit together, whatever else is wrong with the form of the text. */
export const damageOf = memo((tree: SyntaxTree): Damage | undefined => {
  if (tree.isWellFormed) return undefined;
  const names = new Set<string>();
  const tags: Span[] = [];
  let everywhere = false;
  const waiting: Element[] = [];
  for (const { node, start } of tree.topLevel()) {
    if (node.kind === "element") waiting.push(new Element(node, start, undefined));
    else if (isUnclosed(node)) everywhere = true;
  }
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const { node } = element;
    if (node.problemCount === 0) continue;
    const isTagDoubtful = hasProblemInTag(node, tagCodes);
    if (isTagDoubtful) tags.push(element.startTagSpan);
    if (hasProblemInTag(node, lossCodes)) noteOuterNames(element, names);
    if (isDoubtful(node, element.parent?.name)) {
      noteNames(element, names);
      if (element.parent && !isTagDoubtful) tags.push(element.nameSpan);
    }
    for (const { node: child, start } of node.content.withProblems(element.start + node.startTagWidth)) {
      if (child.kind === "element") waiting.push(new Element(child, start, element));
      else if (isUnclosed(child))
        everywhere ||= !element.parent || start + child.width === tree.source.length;
    }
  }
  tags.sort((a, b) => a.start - b.start);
  return names.size > 0 || tags.length > 0 || everywhere ? { names, everywhere, tags } : undefined;
});

/** Tells whether a place lies in one of the tags that nobody can be sure of. */
export function isInDoubtfulTag({ start, end }: Span, { tags }: Damage): boolean {
  const tag = tags[countUpTo(startsOf(tags), start) - 1];
  return tag !== undefined && end <= tag.end;
}

const startsOf = memo((tags: readonly Span[]) => tags.map(({ start }) => start));

/**
 * Tells whether what is in an element may belong elsewhere: its end was guessed, or something in it has an end that
 * was guessed or no beginning.
 *
 * @param parentName undefined for the root, which may end where the text does
 */
export function isDoubtful(node: ElementNode, parentName: string | undefined): boolean {
  if (!node.unsound) return false;
  if (parentName !== undefined && (node.closing === "missing" || node.closing === "mismatched")) return true;
  return node.content.some(isLoose);
}

function isLoose(node: SyntaxNode): boolean {
  return node.kind === "stray-end-tag" || isUnclosed(node);
}

function isUnclosed(node: SyntaxNode): boolean {
  return (node.kind === "cdata" || node.kind === "comment") && !node.closed;
}

const tagCodes: ReadonlySet<ProblemCode> = new Set([
  "tag-unclosed",
  "attribute-value-missing",
  "attribute-equals-missing",
  "attribute-quote-missing",
  "attribute-unquoted",
  "attribute-duplicate",
  "tag-junk",
]);

/** Where these are, it is not known what an attribute says. */
const lossCodes: ReadonlySet<ProblemCode> = new Set(["attribute-value-missing"]);

function hasProblemInTag({ problems, startTagWidth }: ElementNode, codes: ReadonlySet<ProblemCode>): boolean {
  return problems?.some(({ code, span }) => codes.has(code) && span.start < startTagWidth) ?? false;
}

/** The element itself and all around it but the root. */
function noteOuterNames(element: Element, names: Set<string>): void {
  for (let outer: Element = element; outer.parent; outer = outer.parent) names.add(outer.name);
}

/** The element itself, all around it but the root, all in it, and what the end tags in it are called. */
function noteNames(element: Element, names: Set<string>): void {
  const isRoot = element.parent === undefined;
  noteOuterNames(element, names);
  for (const { subject } of element.node.problems ?? []) if (subject !== undefined) names.add(subject);
  for (const { nodes } of element.node.content.blocks.filter(({ unsound }) => unsound)) {
    for (const node of nodes) if (node.kind === "stray-end-tag") names.add(node.name);
  }
  // What stands in the root beside a stray end tag is where it seems to be.
  if (isRoot) return;
  for (const { name } of element.descendants()) names.add(name);
}

/** An element that notes whether anybody has looked behind its start tag. */
export class WatchedElement extends Element {
  contentWasRead = false;

  override get elements(): readonly Element[] {
    this.contentWasRead = true;
    return super.elements;
  }

  override get text(): Element["text"] {
    this.contentWasRead = true;
    return super.text;
  }

  override children(): ReturnType<Element["children"]> {
    this.contentWasRead = true;
    return super.children();
  }
}
