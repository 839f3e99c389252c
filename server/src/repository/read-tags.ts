import type { Release } from "../dialect/switches.ts";
import { lenientTextOf, readingOfMalformed, stopOf } from "../model/lenient-reading.ts";
import { textOf } from "../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../syntax/node.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { endOf, type PackagePiece, plainPackage } from "./plain-package.ts";

/** A start or end tag in the list that the frameworks make of a document. */
export interface DocumentTag {
  readonly kind: "start" | "end";
  readonly name: string;
  /** The text up to the first child element; undefined when there is none, and for an end tag. */
  readonly content: string | undefined;
  /** In their order; none for an end tag. */
  readonly attributes: readonly TagAttribute[];
  /** Where its element starts; of no meaning for what stands between packages, behind the first of them. */
  readonly start: number;
  /** Where its text starts and ends, up to the first child element; of no meaning for an end tag. */
  readonly contentStart: number;
  readonly contentEnd: number;
}

export interface TagAttribute {
  readonly name: string;
  readonly value: string;
}

/** Where the name in a start tag stands. */
export function nameSpan({ name, start }: DocumentTag): Span {
  return { start: start + 1, end: start + 1 + name.length };
}

/** Where the text of a start tag stands, up to the first child element. */
export function contentSpan({ contentStart, contentEnd }: DocumentTag): Span {
  return { start: contentStart, end: contentEnd };
}

/** The value of an attribute; undefined when it is not given, and of an end tag. */
export function attributeOf({ attributes }: DocumentTag, name: string): string | undefined {
  return attributes.findLast((each) => each.name === name)?.value;
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
    const piece = plainPackage(text, start) ?? packageByTree(text, start);
    if (!piece) return false;
    take(piece.tags);
    between += text.slice(position, start);
    position = piece.end;
    if (++pieces % piecesAtOnce === 0) yield;
  }
  if (position === 0) return false;
  const frame = tagsByTree(between + text.slice(position), 0);
  if (!frame || frame.some(({ name }) => name === "Package")) return false;
  take(frame);
  return true;
}

/** @returns undefined for one that has no end, or is not well-formed, as one with another in it is not */
function packageByTree(text: string, start: number): PackagePiece | undefined {
  const end = text.indexOf(pieceEnd, start) + pieceEnd.length;
  const tags = end < start ? undefined : tagsByTree(text.slice(start, end), start);
  return tags && { tags, end };
}

/** @returns undefined for a text that is not well-formed */
function tagsByTree(piece: string, start: number): readonly DocumentTag[] | undefined {
  const tree = SyntaxTree.parse(piece);
  if (!tree.isWellFormed) return undefined;
  const tags: DocumentTag[] = [];
  listTags(tree.root!.node, start, textOf, Number.POSITIVE_INFINITY, tags);
  return tags;
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
  const { name, children, attributes } = node;
  let position = start + node.startTagWidth;
  if (position > end) return;
  const first = children.findIndex(({ kind }) => kind === "element");
  const before = first < 0 ? children : children.slice(0, first);
  const tag: DocumentTag = {
    ...{ kind: "start", name, attributes, start, contentStart: position },
    content: contentOf(before, position, toText, end),
    contentEnd: before.reduce((sum, { width }) => sum + width, position),
  };
  tags.push(tag);
  for (const child of children) {
    if (child.kind === "element") listTags(child, position, toText, end, tags);
    position += child.width;
  }
  if (start + node.width <= end) tags.push(endOf(tag));
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
    if (position >= end) break;
    const text = toText(node);
    content += node.kind === "text" && position + text.length > end ? text.slice(0, end - position) : text;
    position += node.width;
  }
  return content === "" ? undefined : content;
}
