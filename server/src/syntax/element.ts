import type { Span } from "../text/span.ts";
import type { AttributeNode, Closing, ElementNode, SyntaxNode } from "./node.ts";

/** A value and where it stands. */
export interface Located {
  readonly value: string;
  readonly span: Span;
}

/** An attribute at its place. */
export interface Attribute {
  readonly name: string;
  readonly nameSpan: Span;
  /** As readers get it: references replaced, line breaks turned into blanks. Empty when no value is given. */
  readonly value: string;
  /** What stands between the quotes; empty and after the name when no value is given. */
  readonly valueSpan: Span;
  /** Name, equals sign and quotes included. */
  readonly span: Span;
  /** Its place among the attributes of the element, from 0. */
  readonly index: number;
  /** False for a name without a value. */
  readonly hasValue: boolean;
}

/** A child node and where it starts. */
export interface Placed<N extends SyntaxNode = SyntaxNode> {
  readonly node: N;
  readonly start: number;
}

/**
 * An element at its place: a node of the tree together with its offset and its parent.
 * Made on the way down and thrown away; the nodes stay.
 */
export class Element {
  readonly node: ElementNode;
  readonly start: number;
  readonly parent: Element | undefined;

  constructor(node: ElementNode, start: number, parent: Element | undefined) {
    this.node = node;
    this.start = start;
    this.parent = parent;
  }

  get name(): string {
    return this.node.name;
  }

  get closing(): Closing {
    return this.node.closing;
  }

  /** From `<` to the end of the end tag. */
  get span(): Span {
    return { start: this.start, end: this.start + this.node.width };
  }

  get nameSpan(): Span {
    return { start: this.start + 1, end: this.start + 1 + this.node.name.length };
  }

  get startTagSpan(): Span {
    return { start: this.start, end: this.start + this.node.startTagWidth };
  }

  /** What stands between the tags; empty for `<a/>`. */
  get contentSpan(): Span {
    const start = this.start + this.node.startTagWidth;
    return { start, end: Math.max(start, this.start + this.node.width - this.node.endTagWidth) };
  }

  /** The name in the end tag; undefined when there is none. */
  get endNameSpan(): Span | undefined {
    if (this.node.endTagWidth === 0 || this.node.closing === "mismatched") return undefined;
    const start = this.start + this.node.width - this.node.endTagWidth + 2;
    return { start, end: start + this.node.name.length };
  }

  /** Nesting depth, the root element being 1; the framework calls it level. Only true for elements of a whole tree. */
  get level(): number {
    let level = 1;
    for (let outer = this.parent; outer; outer = outer.parent) level++;
    return level;
  }

  /** The attributes that somebody has asked for, each at its index. */
  #placed: (Attribute | undefined)[] | undefined;

  #attributes: readonly Attribute[] | undefined;

  get attributes(): readonly Attribute[] {
    this.#attributes ??= this.node.attributes.map((_, index) => this.attributeAt(index)!);
    return this.#attributes;
  }

  #indexByName: ReadonlyMap<string, number> | undefined;

  /** The attribute of exactly this name; the last one if it is given twice, as readers overwrite. */
  attribute(name: string): Attribute | undefined {
    return this.attributeAt(this.#attributeIndex(name));
  }

  /** -1 for none. */
  #attributeIndex(name: string): number {
    const { attributes } = this.node;
    // A map pays only for many of them.
    if (attributes.length >= 16) {
      this.#indexByName ??= new Map(attributes.map((attribute, index) => [attribute.name, index]));
      return this.#indexByName.get(name) ?? -1;
    }
    let index = attributes.length - 1;
    while (index >= 0 && attributes[index]!.name !== name) index--;
    return index;
  }

  /** The index of the last attribute that starts at an offset or before it; -1 for none. Costs little, however many there are. */
  attributeIndexAt(offset: number): number {
    const { attributes } = this.node;
    let low = 0;
    let high = attributes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (attributes[middle]!.nameStart <= offset - this.start) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** One attribute at its place, without making all of them. */
  attributeAt(index: number): Attribute | undefined {
    const node = this.node.attributes[index];
    if (!node) return undefined;
    this.#placed ??= new Array(this.node.attributes.length);
    let placed = this.#placed[index];
    if (!placed) {
      placed = new PlacedAttribute(node, this.start, index);
      this.#placed[index] = placed;
    }
    return placed;
  }

  /** The value of an attribute; undefined when it is not given. */
  value(name: string): string | undefined {
    return this.node.attributes[this.#attributeIndex(name)]?.value;
  }

  /** All child nodes with their places, in order. */
  *children(): Iterable<Placed> {
    let start = this.start + this.node.startTagWidth;
    for (const { nodes } of this.node.content.blocks) {
      for (const node of nodes) {
        yield { node, start };
        start += node.width;
      }
    }
  }

  #elements: readonly Element[] | undefined;

  /** The child elements, in order. */
  get elements(): readonly Element[] {
    if (this.#elements) return this.#elements;
    const elements: Element[] = [];
    let start = this.start + this.node.startTagWidth;
    for (const { nodes } of this.node.content.blocks) {
      for (const node of nodes) {
        if (node.kind === "element") elements.push(new Element(node, start, this));
        start += node.width;
      }
    }
    this.#elements = elements;
    return elements;
  }

  /** The child elements that lie in a span or partly in it, in order. Costs little, however many others there are. */
  elementsIn(span: Span): readonly Element[] {
    const elements: Element[] = [];
    let start = this.start + this.node.startTagWidth;
    for (const { nodes, width } of this.node.content.blocks) {
      if (start >= span.end) break;
      if (start + width <= span.start) {
        start += width;
        continue;
      }
      for (const node of nodes) {
        const isIn = start < span.end && start + node.width > span.start;
        if (isIn && node.kind === "element") elements.push(new Element(node, start, this));
        start += node.width;
      }
    }
    return elements;
  }

  /** The first child element of a name. */
  child(name: string): Element | undefined {
    return this.elements.find((element) => element.name === name);
  }

  childrenNamed(name: string): readonly Element[] {
    return this.elements.filter((element) => element.name === name);
  }

  /** This element and all below it, in document order. */
  *descendants(): Iterable<Element> {
    const waiting: Element[] = [this];
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      yield element;
      const { elements } = element;
      for (let index = elements.length - 1; index >= 0; index--) waiting.push(elements[index]!);
    }
  }

  /**
   * The text as the frameworks read it: characters and CDATA up to the first child element; what stands behind a
   * child is lost. The span covers it from its first to its last code unit, markers of CDATA included.
   *
   * @source Znuny 7.1 and OTOBO 11, XMLParse
   */
  get text(): Located {
    this.#text ??= this.#readText();
    return this.#text;
  }

  #text: Located | undefined;

  #readText(): Located {
    let value = "";
    const start = this.start + this.node.startTagWidth;
    let end = start;
    for (const { nodes } of this.node.content.blocks) {
      for (const node of nodes) {
        if (node.kind === "element") return { value, span: { start, end } };
        value += textOf(node);
        end += node.width;
      }
    }
    return { value, span: { start, end } };
  }

  /** The text without blanks around it, with the span of what is left; empty at its start when nothing is. */
  get trimmedText(): Located {
    const { value, span } = this.text;
    const trimmed = value.trim();
    if (trimmed === value) return { value, span };
    const first = this.node.content.blocks[0]?.nodes[0];
    // With markup in between the offsets of decoded text say nothing about the source.
    if (first?.kind !== "text" || first.width !== span.end - span.start) return { value: trimmed, span };
    // Nor do they where a CRLF was read as one character.
    const written = first.raw.trim();
    const start = span.start + (written === "" ? 0 : first.raw.indexOf(written));
    return { value: trimmed, span: { start, end: start + written.length } };
  }
}

/** The characters a node that is no element contributes to its parent's text. */
export function textOf(node: SyntaxNode): string {
  switch (node.kind) {
    case "text":
      return normaliseLineBreaks(node.raw);
    case "cdata":
      return normaliseLineBreaks(node.content);
    case "reference":
      return node.value ?? node.raw;
    default:
      return "";
  }
}

/** XML readers turn CRLF and CR into LF before anything else sees them. */
function normaliseLineBreaks(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Most are asked for their value alone, so all else is made when it is wanted. */
class PlacedAttribute implements Attribute {
  readonly #node: AttributeNode;
  /** Where the element starts. */
  readonly #offset: number;
  readonly index: number;

  constructor(node: AttributeNode, offset: number, index: number) {
    this.#node = node;
    this.#offset = offset;
    this.index = index;
  }

  get name(): string {
    return this.#node.name;
  }

  get nameSpan(): Span {
    const start = this.#offset + this.#node.nameStart;
    return { start, end: start + this.#node.name.length };
  }

  get value(): string {
    return this.#node.value;
  }

  get valueSpan(): Span {
    const start = this.#offset + this.#node.valueStart;
    return { start, end: start + (this.#node.rawValue?.length ?? 0) };
  }

  get span(): Span {
    return { start: this.#offset + this.#node.nameStart, end: this.#offset + this.#node.end };
  }

  get hasValue(): boolean {
    return this.#node.rawValue !== undefined;
  }
}
