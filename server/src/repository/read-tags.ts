import type { Release } from "../dialect/switches.ts";
import { lenientTextOf, readingOfMalformed, stopOf } from "../model/lenient-reading.ts";
import { Element, textOf } from "../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../syntax/node.ts";
import { SyntaxTree } from "../syntax/tree.ts";

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

/** The value of an attribute; undefined when it is not given, and of an end tag. */
export function attributeOf({ node }: DocumentTag, name: string): string | undefined {
  return node?.attributes.findLast((each) => each.name === name)?.value;
}

export type TagReading =
  | {
      readonly kind: "read";
      readonly tags: readonly DocumentTag[];
      /** Whether it had to be read by the lenient parser as well, because it is not well-formed. */
      readonly isLenient: boolean;
      /** Where it is not. */
      readonly line: number;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly line: number };

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
  if (text.length > longestDocument) return { kind: "refused", reason: "too-large", line: 1 };
  const pieces = readPieces(text);
  if (pieces) return { kind: "read", tags: pieces, isLenient: false, line: 1 };
  const tree = SyntaxTree.parse(text);
  const stop = stopOf(tree);
  const line = stop === undefined ? 1 : lineOf(text, stop);
  if (!tree.root || (stop !== undefined && readingOfMalformed(tree, release) !== "accepted"))
    return { kind: "refused", reason: "malformed", line };
  if (tree.doctype?.node.raw.includes("<!ENTITY")) return { kind: "refused", reason: "entities", line };
  const tags: DocumentTag[] = [];
  const { node, start } = tree.root;
  listTags(node, start, textOf, stop ?? Number.POSITIVE_INFINITY, tags);
  if (stop !== undefined) listTags(node, start, lenientTextOf, Number.POSITIVE_INFINITY, tags);
  return { kind: "read", tags, isLenient: stop !== undefined, line };
}

/**
 * Reads an index package by package, as long as nothing in it could make that another document: the trees of small
 * pieces are let go at once, and that of a long index is large.
 *
 * What stands between packages comes first then, which makes no difference to those who look at packages.
 *
 * @returns undefined when the document has to be read as a whole
 */
function readPieces(text: string): DocumentTag[] | undefined {
  // Comments, CDATA and the like may hold what looks like a package.
  if (text.includes("<!") || text.includes("<?", 1)) return undefined;
  const tags: DocumentTag[] = [];
  let between = "";
  let position = 0;
  for (let start = text.indexOf(pieceStart); start >= 0; start = text.indexOf(pieceStart, position)) {
    const end = text.indexOf(pieceEnd, start) + pieceEnd.length;
    if (end < start) return undefined;
    const tree = SyntaxTree.parse(text.slice(start, end));
    if (!tree.isWellFormed) return undefined;
    listTags(tree.root!.node, start, textOf, Number.POSITIVE_INFINITY, tags);
    between += text.slice(position, start);
    position = end;
  }
  if (position === 0) return undefined;
  const frame = SyntaxTree.parse(between + text.slice(position));
  if (!frame.isWellFormed) return undefined;
  const frameTags: DocumentTag[] = [];
  listTags(frame.root!.node, 0, textOf, Number.POSITIVE_INFINITY, frameTags);
  return frameTags.some(({ name }) => name === "Package") ? undefined : [...frameTags, ...tags];
}

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
