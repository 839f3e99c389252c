/**
 * The nodes of the syntax tree: immutable, and unaware of where they stand.
 *
 * A node knows its width, not its place, so an edit replaces the nodes around it and shares all others with the tree
 * before. Whoever needs places walks down with {@link Element} of `element.ts`. The widths of a node's parts add up
 * to its own: no code unit of the text is lost.
 */
import type { NodeList } from "./node-list.ts";
import type { Problem } from "./problem.ts";
import type { TagNames } from "./tag-names.ts";

interface NodeBase {
  /** Length in UTF-16 code units. */
  readonly width: number;
  /** What is wrong with this node itself, spans relative to its start. Undefined when nothing is. */
  readonly problems?: readonly Problem[] | undefined;
}

/** Character data between markup. An `&` that starts no reference is part of it, and a problem. */
export interface TextNode extends NodeBase {
  readonly kind: "text";
  readonly raw: string;
}

/** `&amp;`, `&#xE9;` or the reference to another entity. */
export interface ReferenceNode extends NodeBase {
  readonly kind: "reference";
  readonly raw: string;
  /** The text it stands for; undefined for entities that XML does not predefine. */
  readonly value: string | undefined;
}

/** `<![CDATA[…]]>`. */
export interface CDataNode extends NodeBase {
  readonly kind: "cdata";
  /** What stands between the markers. */
  readonly content: string;
  /** False when the end marker is missing; the node then ends where its parent does. */
  readonly closed: boolean;
  /** True when it was not plain which end marker belongs to it. */
  readonly unsound: boolean;
}

/** `<!--…-->`. */
export interface CommentNode extends NodeBase {
  readonly kind: "comment";
  readonly content: string;
  readonly closed: boolean;
}

/** `<?xml …?>` at the very start, or any other processing instruction. */
export interface InstructionNode extends NodeBase {
  readonly kind: "instruction";
  readonly raw: string;
  readonly target: string;
  readonly closed: boolean;
}

/** `<!DOCTYPE …>`, or any other `<!…>` that is neither comment nor CDATA. */
export interface DoctypeNode extends NodeBase {
  readonly kind: "doctype";
  readonly raw: string;
  readonly closed: boolean;
}

/** An end tag that closes nothing. */
export interface StrayEndTagNode extends NodeBase {
  readonly kind: "stray-end-tag";
  readonly name: string;
}

/** The byte order mark, which may only stand first. */
export interface ByteOrderMarkNode extends NodeBase {
  readonly kind: "byte-order-mark";
}

/** One attribute; all offsets relative to the start of its element. */
export interface AttributeNode {
  readonly name: string;
  readonly nameStart: number;
  /** Without the quotes, references not yet replaced. Undefined when no value is given. */
  readonly rawValue: string | undefined;
  /** As readers get it: references replaced, line breaks turned into blanks. Empty when no value is given. */
  readonly value: string;
  /** Where the raw value starts; the end of the name when there is none. */
  readonly valueStart: number;
  /** The end of all of it, the closing quote included. */
  readonly end: number;
}

/**
 * How an element ends: `end-tag` by its own, `empty` by `/>`, `mismatched` by an end tag with a misspelt name,
 * `missing` where its parent or the text ends, `unfinished` right after a start tag that has no `>`.
 */
export type Closing = "end-tag" | "empty" | "mismatched" | "missing" | "unfinished";

/** What an element is made of; the rest of {@link ElementNode} follows from it. */
export interface ElementParts {
  readonly name: string;
  readonly names: TagNames | undefined;
  readonly attributes: readonly AttributeNode[];
  readonly startTagWidth: number;
  readonly content: NodeList;
  readonly closing: Closing;
  readonly endTagWidth: number;
  readonly problems: readonly Problem[] | undefined;
  readonly unsound: boolean;
}

/** An element with all that is in it. A class only because there are many: all have the same layout. */
export class ElementNode implements NodeBase, ElementParts {
  readonly kind = "element";
  readonly width: number;
  readonly problems: readonly Problem[] | undefined;
  readonly name: string;
  /** Its own and those of its attributes; undefined where there are too many of them. */
  readonly names: TagNames | undefined;
  readonly attributes: readonly AttributeNode[];
  /** Width of the start tag, brackets included. */
  readonly startTagWidth: number;
  readonly content: NodeList;
  readonly closing: Closing;
  /** Width of the end tag; 0 when there is none. */
  readonly endTagWidth: number;
  /** The number of problems of this node and all below it. */
  readonly problemCount: number;
  /**
   * True when reading this element needed text beyond its end, or guesses that other text could overturn.
   * Such an element is read again after an edit even if the edit did not touch it.
   */
  readonly unsound: boolean;
  /** How many elements are nested in it, one inside the other, itself included. */
  readonly height: number;
  /** A place where a reader may keep what it derived from this node alone. */
  memo: unknown = undefined;

  /** @param parts `unsound` tells about the tags alone; what is in between is looked at here */
  constructor(parts: ElementParts) {
    const { content, problems } = parts;
    this.width = parts.startTagWidth + content.width + parts.endTagWidth;
    this.problems = problems;
    this.name = parts.name;
    this.names = parts.names;
    this.attributes = parts.attributes;
    this.startTagWidth = parts.startTagWidth;
    this.content = content;
    this.closing = parts.closing;
    this.endTagWidth = parts.endTagWidth;
    this.problemCount = content.problemCount + (problems?.length ?? 0);
    this.unsound = parts.unsound || content.unsound;
    this.height = content.height + 1;
  }

  get children(): readonly SyntaxNode[] {
    return this.content.nodes;
  }
}

export type SyntaxNode =
  | TextNode
  | ReferenceNode
  | CDataNode
  | CommentNode
  | InstructionNode
  | DoctypeNode
  | StrayEndTagNode
  | ByteOrderMarkNode
  | ElementNode;

/** All of a text: what stands before, in and after the root element. */
export class DocumentNode {
  readonly content: NodeList;

  constructor(content: NodeList) {
    this.content = content;
  }

  get width(): number {
    return this.content.width;
  }

  get children(): readonly SyntaxNode[] {
    return this.content.nodes;
  }
}

export function isElement(node: SyntaxNode): node is ElementNode {
  return node.kind === "element";
}

/** Tells whether a node was read with the help of text behind it, or depends on what is open around it. */
export function isUnsound(node: SyntaxNode): boolean {
  switch (node.kind) {
    case "element":
      return node.unsound;
    case "stray-end-tag":
      return true;
    case "cdata":
      return node.unsound;
    case "comment":
      // What is wrong with a comment may be that it is not closed.
      return node.problems !== undefined;
    case "instruction":
      // What is wrong with one that is closed is in itself, or before it.
      return !node.closed;
    case "doctype":
      return !node.closed || node.problems !== undefined;
    default:
      return false;
  }
}
