import type { TextEdit } from "../text/edit.ts";
import { SourceText } from "../text/source-text.ts";
import { shift } from "../text/span.ts";
import { type Attribute, Element, type Placed } from "./element.ts";
import type { DoctypeNode, DocumentNode, ElementNode, InstructionNode, SyntaxNode } from "./node.ts";
import { SiblingCursor } from "./node-list.ts";
import { parseDocument, reparseDocument } from "./parser.ts";
import type { Problem } from "./problem.ts";

/** What stands at an offset, as far as features care. */
export type Place =
  | { readonly kind: "tag-name"; readonly element: Element; readonly inEndTag: boolean }
  | { readonly kind: "attribute-name"; readonly element: Element; readonly attribute: Attribute }
  | { readonly kind: "attribute-value"; readonly element: Element; readonly attribute: Attribute }
  /** Between the attributes of a start tag, where another one may be written. */
  | { readonly kind: "start-tag"; readonly element: Element }
  /** In the content of an element, or outside the root when `element` is undefined. */
  | {
      readonly kind: "content";
      readonly element: Element | undefined;
      /** The node the offset touches; undefined between two tags. */
      readonly node: Placed | undefined;
    };

/** A text and its tree. Immutable: an edit makes a new one and shares what it left alone. */
export class SyntaxTree {
  readonly source: SourceText;
  readonly document: DocumentNode;
  #topLevel: readonly Placed[] | undefined;
  #problems: readonly Problem[] | undefined;

  private constructor(source: SourceText, document: DocumentNode) {
    this.source = source;
    this.document = document;
  }

  /** Reads any text. Never throws. */
  static parse(text: string | SourceText): SyntaxTree {
    if (typeof text !== "string") return new SyntaxTree(text, parseDocument(text));
    const source = SourceText.of(text);
    return new SyntaxTree(source, parseDocument(source, text));
  }

  /** The tree after an edit of the text, at the cost of what the edit touches. */
  edited(edit: TextEdit): SyntaxTree {
    const start = Math.max(0, Math.min(edit.span.start, this.source.length));
    const end = Math.min(Math.max(edit.span.end, start), this.source.length);
    const source = this.source.replace({ span: { start, end }, newText: edit.newText });
    const change = { start, removedLength: end - start, insertedLength: edit.newText.length };
    return new SyntaxTree(source, reparseDocument(this.document, source, change));
  }

  /** The first element of the text; undefined when there is none. */
  get root(): Element | undefined {
    const placed = this.topLevel().find(({ node }) => node.kind === "element");
    return placed && new Element(placed.node as ElementNode, placed.start, undefined);
  }

  /** The XML declaration, wherever it stands; undefined when there is none. */
  get declaration(): Placed<InstructionNode> | undefined {
    return this.topLevel().find(({ node }) => node.kind === "instruction" && node.target === "xml") as
      | Placed<InstructionNode>
      | undefined;
  }

  get doctype(): Placed<DoctypeNode> | undefined {
    return this.topLevel().find(({ node }) => node.kind === "doctype") as Placed<DoctypeNode> | undefined;
  }

  /** The nodes outside all elements and the elements that no other holds, with their places. */
  topLevel(): readonly Placed[] {
    this.#topLevel ??= placedNodes(this.document);
    return this.#topLevel;
  }

  /** Everything that is wrong with the form of the text, in document order. Empty means well-formed. */
  get problems(): readonly Problem[] {
    this.#problems ??= collectProblems(this.document, this.topLevel(), this.source.length);
    return this.#problems;
  }

  get isWellFormed(): boolean {
    return this.problems.length === 0;
  }

  /** All elements, in document order. */
  *elements(): Iterable<Element> {
    for (const { node, start } of this.topLevel()) {
      if (node.kind === "element") yield* new Element(node, start, undefined).descendants();
    }
  }

  /** The innermost element whose tags or content hold the offset; undefined outside all elements. */
  elementAt(offset: number): Element | undefined {
    const place = this.placeAt(offset);
    return place.element;
  }

  /** What stands at an offset. Between two things the one on the left of the caret counts, if it is a name or value. */
  placeAt(offset: number): Place {
    let siblings = new SiblingCursor(this.document.content, 0);
    let element: Element | undefined;
    for (;;) {
      const found = siblingAt(siblings, offset);
      if (found?.node.kind !== "element") return { kind: "content", element, node: found };
      const inner = new Element(found.node, found.start, element);
      const inTags = placeInTags(inner, offset);
      if (inTags) return inTags;
      element = inner;
      siblings = new SiblingCursor(inner.node.content, inner.contentSpan.start);
    }
  }
}

function placedNodes(document: DocumentNode): readonly Placed[] {
  let end = 0;
  return document.children.map((node) => {
    const start = end;
    end += node.width;
    return { node, start };
  });
}

/** The sibling the offset is strictly inside of; at a seam a text or an unfinished element on the left. */
function siblingAt(siblings: SiblingCursor, offset: number): Placed | undefined {
  siblings.passTo(offset);
  const { node, offset: start, following } = siblings;
  if (!node || start > offset) return undefined;
  const end = start + node.width;
  if (start === offset) return node.kind === "text" ? { node, start } : undefined;
  if (offset < end || isOpenEnded(node)) return { node, start };
  return following?.kind === "text" ? { node: following, start: end } : undefined;
}

/** Tells whether text typed right behind a node becomes part of it. */
function isOpenEnded(node: SyntaxNode): boolean {
  switch (node.kind) {
    case "text":
      return true;
    case "element":
      if (node.closing === "unfinished" || node.closing === "missing") return true;
      return false;
    case "cdata":
    case "comment":
    case "instruction":
    case "doctype":
      return !node.closed;
    default:
      return false;
  }
}

/** The place in the start tag or end tag of an element; undefined in its content. */
function placeInTags(element: Element, offset: number): Place | undefined {
  const { node, start } = element;
  const startTagEnd = start + node.startTagWidth;
  const unfinished = node.closing === "unfinished";
  if (offset < startTagEnd || (unfinished && offset === startTagEnd)) {
    if (offset <= element.nameSpan.end) return { kind: "tag-name", element, inEndTag: false };
    const index = element.attributeIndexAt(offset);
    return (
      // Where two stand side by side, the offset between them is the end of the first one.
      partOfAttribute(element, element.attributeAt(index - 1), offset) ??
      partOfAttribute(element, element.attributeAt(index), offset) ?? { kind: "start-tag", element }
    );
  }
  const endTagStart = start + node.width - node.endTagWidth;
  if (node.endTagWidth > 0 && offset > endTagStart) return { kind: "tag-name", element, inEndTag: true };
  return undefined;
}

function partOfAttribute(
  element: Element,
  attribute: Attribute | undefined,
  offset: number,
): Place | undefined {
  if (!attribute || offset > attribute.span.end) return undefined;
  if (offset <= attribute.nameSpan.end) return { kind: "attribute-name", element, attribute };
  const { start, end } = attribute.valueSpan;
  if (!attribute.hasValue || offset < start || offset > end) return undefined;
  return { kind: "attribute-value", element, attribute };
}

/** Nobody reads more; a file of another kind would otherwise drown everything. */
const problemLimit = 1000;

function collectProblems(
  document: DocumentNode,
  topLevel: readonly Placed[],
  length: number,
): readonly Problem[] {
  const problems: Problem[] = [];
  const declared = declaredEntities(topLevel);
  const waiting: Placed[] = [...document.content.withProblems(0)].reverse();
  for (let placed = waiting.pop(); placed && problems.length < problemLimit; placed = waiting.pop()) {
    const { node, start } = placed;
    for (const problem of node.problems ?? []) {
      if (problem.code === "entity-undefined" && declared.has(problem.subject ?? "")) continue;
      problems.push({ ...problem, span: shift(problem.span, start) });
    }
    if (node.kind !== "element") continue;
    const inner = [...node.content.withProblems(start + node.startTagWidth)];
    for (let child = inner.pop(); child; child = inner.pop()) waiting.push(child);
  }
  for (const problem of documentProblems(topLevel, length)) {
    if (problems.length >= 2 * problemLimit) break;
    problems.push(problem);
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}

/** References to the entities that a DOCTYPE declares, such as `&company;`. */
function declaredEntities(topLevel: readonly Placed[]): ReadonlySet<string> {
  const references = new Set<string>();
  for (const { node } of topLevel) {
    if (node.kind !== "doctype") continue;
    for (const [, name] of node.raw.matchAll(/<!ENTITY\s+([^\s%"'<>]+)\s/g)) references.add(`&${name};`);
  }
  return references;
}

/** What is wrong with the order of things outside the root. */
function* documentProblems(topLevel: readonly Placed[], length: number): Iterable<Problem> {
  let rootSeen = false;
  let doctypeSeen = false;
  for (const { node, start } of topLevel) {
    const span = { start, end: start + node.width };
    switch (node.kind) {
      case "element":
        if (rootSeen)
          yield {
            code: "root-duplicate",
            span: { start: start + 1, end: start + 1 + node.name.length },
            subject: node.name,
          };
        rootSeen = true;
        break;
      case "text": {
        const text = node.raw.trim();
        if (text === "" && !/[^ \t\r\n]/.test(node.raw)) break;
        const from = start + node.raw.search(/[^ \t\r\n]/);
        yield { code: "text-outside-root", span: { start: from, end: from + Math.max(1, text.length) } };
        break;
      }
      case "reference":
      case "cdata":
        yield { code: "text-outside-root", span };
        break;
      case "doctype":
        if ((rootSeen || doctypeSeen) && !node.problems) yield { code: "doctype-misplaced", span };
        doctypeSeen = true;
        break;
    }
  }
  if (!rootSeen) yield { code: "root-missing", span: { start: 0, end: Math.min(1, length) } };
}
