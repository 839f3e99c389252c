import type { Attribute, Element } from "../../syntax/element.ts";
import type { Place, SyntaxTree } from "../../syntax/tree.ts";
import { type Span, touches } from "../../text/span.ts";

/** Where the caret stands, as far as completion cares, and what an item would replace there. */
export type CompletionPlace =
  /** Behind a `<`, or in the name of a start tag. */
  | {
      readonly kind: "tag";
      /** What the tag stands in; undefined outside all elements. */
      readonly parent: Element | undefined;
      /** The element whose name it is; undefined behind a lone `<`. */
      readonly element: Element | undefined;
      readonly span: Span;
      /** True when nothing of the tag is there but its name, so that a whole element fits. */
      readonly isFresh: boolean;
    }
  /** Behind `</`, or in the name of an end tag. */
  | {
      readonly kind: "end-tag";
      /** The innermost element that may end here. */
      readonly element: Element | undefined;
      readonly span: Span;
      readonly hasSlash: boolean;
      /** True when the `>` is there. */
      readonly hasBracket: boolean;
    }
  /** Where an attribute may be written, or in the name of one. */
  | {
      readonly kind: "attribute";
      readonly element: Element;
      /** The one whose name the caret touches. */
      readonly attribute: Attribute | undefined;
      readonly span: Span;
      /** True when a blank has to come before or behind what is inserted. */
      readonly blankBefore: boolean;
      readonly blankBehind: boolean;
    }
  /** In a value, which may lack its quotes. */
  | {
      readonly kind: "value";
      readonly element: Element;
      readonly attribute: Attribute;
      readonly span: Span;
      /** The part of the value before the caret, as it stands in the text. */
      readonly typed: string;
      /** What has to be written before and behind the value: a missing quote, or nothing. */
      readonly before: string;
      readonly behind: string;
    }
  /** Between tags, or in a text. */
  | {
      readonly kind: "content";
      readonly element: Element | undefined;
      /** The name that is being typed. */
      readonly nameSpan: Span;
      /** The word that is being typed, up to the blanks around it. */
      readonly wordSpan: Span;
      /** True when nothing but that word stands between the tags around it. */
      readonly isBlank: boolean;
    }
  /** Behind `<!` or the start of a comment or CDATA section. The span starts behind the `<`. */
  | { readonly kind: "markup"; readonly element: Element | undefined; readonly span: Span }
  /** Behind `<?` at the very start. The span starts behind the `<`. */
  | { readonly kind: "declaration"; readonly span: Span }
  /** In a comment, in CDATA, or somewhere else that is the author's alone. */
  | { readonly kind: "nothing" };

const nothing: CompletionPlace = { kind: "nothing" };

/** How far names and blanks are looked for on both sides of the caret. */
const reach = 300;

export function completionPlace(tree: SyntaxTree, offset: number): CompletionPlace {
  const place = tree.placeAt(offset);
  switch (place.kind) {
    case "tag-name":
      return place.inEndTag ? endTagOf(tree, place.element) : tagPlace(tree, place.element);
    case "attribute-name":
      return attributePlace(tree, place.element, place.attribute, offset);
    case "attribute-value":
      return valuePlace(tree, place.element, place.attribute, offset);
    case "start-tag":
      return startTagPlace(tree, place.element, offset);
    case "content":
      return contentPlace(tree, place, offset);
  }
}

function tagPlace(tree: SyntaxTree, element: Element): CompletionPlace {
  const { nameSpan, startTagSpan, closing, parent } = element;
  if (closing === "unfinished") {
    const isFresh = startTagSpan.end === nameSpan.end;
    return { kind: "tag", parent, element, span: nameSpan, isFresh };
  }
  // `<Na>` whose end tag is still to come: the bracket belongs to what is replaced.
  const isBare = closing === "missing" && startTagSpan.end === nameSpan.end + 1;
  const isAlone =
    isBare && /^[ \t]*(?:[\r\n]|$)/.test(tree.source.slice(startTagSpan.end, startTagSpan.end + reach));
  const span = isAlone ? { start: nameSpan.start, end: startTagSpan.end } : nameSpan;
  return { kind: "tag", parent, element, span, isFresh: isAlone };
}

function endTagOf(tree: SyntaxTree, element: Element): CompletionPlace {
  const start = element.span.end - element.node.endTagWidth;
  // An end tag whose slash was forgotten is an end tag all the same, and gets its slash.
  const match = /^<(\/?)([^\s<>]*)\s*(>?)/.exec(tree.source.slice(start, element.span.end))!;
  const [, slash, name, bracket] = match;
  const nameStart = start + 1 + slash!.length;
  return {
    kind: "end-tag",
    element,
    span: { start: nameStart, end: nameStart + name!.length },
    hasSlash: slash === "/",
    hasBracket: bracket === ">",
  };
}

function attributePlace(
  tree: SyntaxTree,
  element: Element,
  attribute: Attribute,
  offset: number,
): CompletionPlace {
  const { nameSpan } = attribute;
  if (offset > nameSpan.start || !attribute.hasValue) {
    return { kind: "attribute", element, attribute, span: nameSpan, blankBefore: false, blankBehind: false };
  }
  // In front of a complete attribute another one may be written.
  const blankBefore = !/\s$/.test(tree.source.slice(offset - 1, offset));
  const span = { start: offset, end: offset };
  return { kind: "attribute", element, attribute: undefined, span, blankBefore, blankBehind: true };
}

function valuePlace(
  tree: SyntaxTree,
  element: Element,
  attribute: Attribute,
  offset: number,
): CompletionPlace {
  const { valueSpan } = attribute;
  const opening = tree.source.slice(valueSpan.start - 1, valueSpan.start);
  const isQuoted = opening === '"' || opening === "'";
  const quote = isQuoted ? opening : '"';
  const isClosed = isQuoted && tree.source.slice(valueSpan.end, valueSpan.end + 1) === quote;
  return {
    kind: "value",
    element,
    attribute,
    span: valueSpan,
    typed: tree.source.slice(valueSpan.start, offset),
    before: isQuoted ? "" : quote,
    behind: isClosed ? "" : quote,
  };
}

function startTagPlace(tree: SyntaxTree, element: Element, offset: number): CompletionPlace {
  const span = { start: offset, end: offset };
  const before = tree.source.slice(element.nameSpan.end, offset);
  const attribute = element.attributes.findLast(({ nameSpan }) => nameSpan.end <= offset);
  if (
    attribute &&
    !attribute.hasValue &&
    /^\s*=\s*$/.test(tree.source.slice(attribute.nameSpan.end, offset))
  ) {
    return { kind: "value", element, attribute, span, typed: "", before: '"', behind: '"' };
  }
  // Between `/` and `>`, or behind something that is no attribute.
  if (/[/?]$/.test(before)) return nothing;
  const blankBefore = !/\s$/.test(before);
  const blankBehind = !/^[\s/><]|^$/.test(tree.source.slice(offset, offset + 1));
  return { kind: "attribute", element, attribute: undefined, span, blankBefore, blankBehind };
}

function contentPlace(
  tree: SyntaxTree,
  { element, node }: Extract<Place, { kind: "content" }>,
  offset: number,
): CompletionPlace {
  const before = tree.source.slice(Math.max(0, offset - reach), offset);
  const behind = tree.source.slice(offset, offset + reach);
  switch (node?.node.kind) {
    case "comment":
    case "cdata":
      return nothing;
    case "instruction": {
      const typed = /^\ufeff?<\?\w*$/.exec(tree.source.slice(0, offset));
      return typed ? { kind: "declaration", span: { start: typed[0].indexOf("?"), end: offset } } : nothing;
    }
    case "doctype": {
      const typed = /!(?:-?|\[[A-Z]*)$/.exec(before);
      if (!typed || before[typed.index - 1] !== "<") return nothing;
      return { kind: "markup", element, span: { start: offset - typed[0].length, end: offset } };
    }
  }
  const endTag = /<\/([\p{L}\p{N}_.:-]*)$/u.exec(before);
  if (endTag) {
    const typed = endTag[1]!.length;
    const rest = /^[\p{L}\p{N}_.:-]*/u.exec(behind)![0].length;
    const span = { start: offset - typed, end: offset + rest };
    const hasBracket = behind[rest] === ">";
    return {
      kind: "end-tag",
      element: elementEndingAt(tree, element, offset) ?? element,
      span,
      hasSlash: true,
      hasBracket,
    };
  }
  if (before.endsWith("<")) {
    const bracket = behind.startsWith(">") ? 1 : 0;
    const span = { start: offset, end: offset + bracket };
    return { kind: "tag", parent: element, element: undefined, span, isFresh: true };
  }
  const unfinished = unfinishedTagBefore(tree, before, offset);
  if (unfinished) return startTagPlace(tree, unfinished, offset);
  const name = spanAround(before, behind, offset, /[\p{L}_][\p{L}\p{N}_.:-]*$/u, /^[\p{L}\p{N}_.:-]*/u);
  const word = spanAround(before, behind, offset, /[^\s<>]*$/, /^[^\s<]*/);
  const isBlank = isBlankBut(tree, element, word);
  return { kind: "content", element, nameSpan: name, wordSpan: word, isBlank };
}

/** An end tag without bracket ends its element right at the caret, and the caret then stands outside of it. */
function elementEndingAt(tree: SyntaxTree, parent: Element | undefined, offset: number): Element | undefined {
  const inside = tree.placeAt(offset - 1);
  if (inside.kind !== "tag-name" || !inside.inEndTag || inside.element.span.end !== offset) return undefined;
  return inside.element.parent?.start === parent?.start ? inside.element : undefined;
}

/** A start tag without `>` ends with its last word; blanks behind it on the same line still belong to it. */
function unfinishedTagBefore(tree: SyntaxTree, before: string, offset: number): Element | undefined {
  const blanks = /[^\S\r\n]+$/.exec(before)?.[0].length ?? 0;
  if (blanks === 0) return undefined;
  const { element, kind } = tree.placeAt(offset - blanks);
  const isUnfinished = kind !== "content" && element.closing === "unfinished";
  return isUnfinished && element.startTagSpan.end === offset - blanks ? element : undefined;
}

function spanAround(before: string, behind: string, offset: number, left: RegExp, right: RegExp): Span {
  const start = offset - (left.exec(before)?.[0].length ?? 0);
  return { start, end: offset + (right.exec(behind)?.[0].length ?? 0) };
}

/** Tells whether an element holds nothing but blanks and the word at the caret. */
function isBlankBut(tree: SyntaxTree, element: Element | undefined, word: Span): boolean {
  if (!element) return false;
  const { start, end } = element.contentSpan;
  if (!touches({ start, end }, word.start) || end - start > reach) return false;
  const rest = tree.source.slice(start, word.start) + tree.source.slice(word.end, end);
  return rest.trim() === "" && element.node.children.every((node) => node.kind === "text");
}

/**
 * The text of an element that is replaced as a whole, as a value is; undefined where the caret is outside of it, where
 * it has several lines, and where anything but text stands in it.
 */
export function textSpan(tree: SyntaxTree, element: Element, offset: number): Span | undefined {
  const { start, end } = element.contentSpan;
  if (
    end - start > reach ||
    element.node.children.some(({ kind }) => kind !== "text" && kind !== "reference")
  )
    return undefined;
  const text = tree.source.slice(start, end);
  const blanks = /^\s*/.exec(text)![0].length;
  const span = { start: start + blanks, end: start + Math.max(blanks, text.trimEnd().length) };
  return touches(span, offset) && !/[\r\n]/.test(text.trim()) ? span : undefined;
}

/** The element in whose text or CDATA an offset is, which may be code; undefined elsewhere. */
export function codeSectionAt(tree: SyntaxTree, offset: number): Element | undefined {
  const place = tree.placeAt(offset);
  if (place.kind !== "content") return undefined;
  const kind = place.node?.node.kind;
  return kind === "text" || kind === "cdata" ? place.element : undefined;
}
