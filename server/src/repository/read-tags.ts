import type { Release } from "../dialect/switches.ts";
import { lenientTextOf, readingOfMalformed, stopOf } from "../model/lenient-reading.ts";
import { Element, textOf } from "../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../syntax/node.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";

/** A start or end tag in the list that the frameworks make of a document. */
export interface DocumentTag {
  readonly kind: "start" | "end";
  readonly name: string;
  /** The text up to the first child element; undefined when there is none, and for an end tag. */
  readonly content: string | undefined;
  /** Undefined for an end tag. */
  readonly node: ElementNode | undefined;
  /** Where its element starts; of no meaning for what stands between packages, behind the first of them. */
  readonly start: number;
}

/** The element that a start tag opens. */
export function elementOf({ node, start }: DocumentTag): Element {
  return new Element(node!, start, undefined);
}

/** Where the text of a start tag stands, up to the first child element. */
export function contentSpan({ node, start }: DocumentTag): Span {
  const from = start + node!.startTagWidth;
  let end = from;
  for (const child of node!.children) {
    if (child.kind === "element") break;
    end += child.width;
  }
  return { start: from, end };
}

/** The value of an attribute; undefined when it is not given, and of an end tag. */
export function attributeOf({ node }: DocumentTag, name: string): string | undefined {
  return node?.attributes.findLast((each) => each.name === name)?.value;
}

/** What became of a document whose tags were listed. */
export type TagOutcome =
  | {
      readonly kind: "read";
      /** Whether it had to be read by the lenient parser as well, because it is not well-formed. */
      readonly isLenient: boolean;
      /** Where it is not. */
      readonly line: number;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly line: number };

export type TagReading =
  | (Extract<TagOutcome, { readonly kind: "read" }> & { readonly tags: readonly DocumentTag[] })
  | Extract<TagOutcome, { readonly kind: "refused" }>;

/** Who hears of the tags of a document, some of them at a time. */
type TagListener = (tags: readonly DocumentTag[]) => void;

/** A document with entities is refused by us alone: what they stand for is never looked up or multiplied. */
export type RefusalReason = "malformed" | "entities" | "too-large";

/** Code units. An index of 5,000 packages has about a tenth of it. */
const longestDocument = 100_000_000;

/**
 * Lists the tags of a document as the frameworks do, for which it does not matter how they are nested.
 *
 * The OTRS line gives a document that its XML parser refuses to a more lenient one, and appends what that finds to
 * what the first had found until then. The lenient parser loses CDATA and knows four entities.
 *
 * @throws never
 * @source Znuny 7.1 and OTOBO 11, XMLParse
 */
export function readTags(text: string, release: Release): TagReading {
  let found: DocumentTag[] = [];
  const listing = listTagsOf(text, release, () => {
    found = [];
    return (tags) => {
      for (const tag of tags) found.push(tag);
    };
  });
  for (;;) {
    const { done, value } = listing.next();
    if (done) return value.kind === "read" ? { ...value, tags: found } : value;
  }
}

/**
 * The same for who takes them a package at a time, so that the tags of a long index need not be kept. It may be put off
 * at every `yield`.
 *
 * @param begin called before the first tags, and once more where all that were given before are void
 */
export function* listTagsOf(
  text: string,
  release: Release,
  begin: () => TagListener,
): Generator<undefined, TagOutcome, undefined> {
  if (text.length > longestDocument) return { kind: "refused", reason: "too-large", line: 1 };
  if (yield* listPieces(text, begin())) return { kind: "read", isLenient: false, line: 1 };
  const tree = SyntaxTree.parse(text);
  yield;
  const stop = stopOf(tree);
  const line = stop === undefined ? 1 : lineOf(text, stop);
  if (!tree.root || (stop !== undefined && readingOfMalformed(tree, release) !== "accepted"))
    return { kind: "refused", reason: "malformed", line };
  if (tree.doctype?.node.raw.includes("<!ENTITY")) return { kind: "refused", reason: "entities", line };
  const { node, start } = tree.root;
  const take = begin();
  const tags: DocumentTag[] = [];
  listTags(node, start, textOf, stop ?? Number.POSITIVE_INFINITY, tags);
  if (stop !== undefined) listTags(node, start, lenientTextOf, Number.POSITIVE_INFINITY, tags);
  take(tags);
  return { kind: "read", isLenient: stop !== undefined, line };
}

/**
 * Reads an index some packages at a time, as long as nothing in it could make that another document: the trees of small
 * pieces are let go at once, and that of a long index is large.
 *
 * What stands between packages comes last then, which makes no difference to those who look at packages.
 *
 * @returns false when the document has to be read as a whole
 */
function* listPieces(text: string, take: TagListener): Generator<undefined, boolean, undefined> {
  // Comments, CDATA and the like may hold what looks like a package.
  if (text.includes("<!") || text.includes("<?", 1)) return false;
  let between = "";
  let position = 0;
  let pieces = 0;
  for (let start = text.indexOf(pieceStart); start >= 0; start = text.indexOf(pieceStart, position)) {
    const end = text.indexOf(pieceEnd, start) + pieceEnd.length;
    if (end < start) return false;
    const tree = SyntaxTree.parse(text.slice(start, end));
    if (!tree.isWellFormed) return false;
    const tags: DocumentTag[] = [];
    listTags(tree.root!.node, start, textOf, Number.POSITIVE_INFINITY, tags);
    take(tags);
    between += text.slice(position, start);
    position = end;
    if (++pieces % piecesAtOnce === 0) yield;
  }
  if (position === 0) return false;
  const frame = SyntaxTree.parse(between + text.slice(position));
  if (!frame.isWellFormed) return false;
  const tags: DocumentTag[] = [];
  listTags(frame.root!.node, 0, textOf, Number.POSITIVE_INFINITY, tags);
  if (tags.some(({ name }) => name === "Package")) return false;
  take(tags);
  return true;
}

/** A millisecond or so. */
const piecesAtOnce = 50;

const pieceStart = "<Package>";
const pieceEnd = "</Package>";

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf("\n"); index >= 0 && index < offset; index = text.indexOf("\n", index + 1))
    line++;
  return line;
}

/**
 * The recursion ends: what nests deeper than the parser allows is refused.
 *
 * @param start where the element starts in the text
 * @param end where the parser stops; tags behind it are not listed
 */
function listTags(
  node: ElementNode,
  start: number,
  toText: (node: SyntaxNode) => string,
  end: number,
  tags: DocumentTag[],
): void {
  const { name, children } = node;
  let position = start + node.startTagWidth;
  if (position > end) return;
  tags.push({ kind: "start", name, content: contentOf(children, position, toText, end), node, start });
  for (const child of children) {
    if (child.kind === "element") listTags(child, position, toText, end, tags);
    position += child.width;
  }
  if (start + node.width <= end) tags.push({ kind: "end", name, content: undefined, node: undefined, start });
}

function contentOf(
  children: readonly SyntaxNode[],
  start: number,
  toText: (node: SyntaxNode) => string,
  end: number,
): string | undefined {
  let content = "";
  let position = start;
  for (const node of children) {
    if (node.kind === "element" || position >= end) break;
    const text = toText(node);
    content += node.kind === "text" && position + text.length > end ? text.slice(0, end - position) : text;
    position += node.width;
  }
  return content === "" ? undefined : content;
}
