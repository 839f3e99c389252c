import { blankEnd, isBlank, nameEnd } from "../syntax/characters.ts";
import { textOf } from "../syntax/element.ts";
import type { DocumentTag, TagAttribute } from "./read-tags.ts";

/** A package in an index, from its start tag to its end tag. */
export interface PackagePiece {
  readonly tags: readonly DocumentTag[];
  /** Where it ends. */
  readonly end: number;
}

/**
 * Lists the tags of a package as a tree of it would give them, at a small part of the cost. Indexes have thousands of
 * packages, and next to all are written plainly: tags, attributes in quotes, and text without references.
 *
 * @param start where its start tag is in the text
 * @returns undefined for one that only a tree tells what it is, or whether it is well-formed, or that has another in it
 */
export function plainPackage(text: string, start: number): PackagePiece | undefined {
  const tags: DocumentTag[] = [];
  const open: DocumentTag[] = [];
  let at = start;
  for (;;) {
    let isClosed = false;
    if (text.charCodeAt(at + 1) === slash) {
      const name = open.at(-1)?.name;
      const close = at + 2 + (name?.length ?? 0);
      if (name === undefined || !text.startsWith(name, at + 2) || text.charCodeAt(close) !== greaterThan)
        return undefined;
      at = close + 1;
      isClosed = true;
    } else {
      const endOfName = nameEnd(text, at + 1);
      const name = text.slice(at + 1, endOfName);
      if (name === "" || open.length === deepest || (name === "Package" && at > start)) return undefined;
      const attributes = text.charCodeAt(endOfName) === greaterThan ? noAttributes : [];
      const endOfTag = readAttributes(text, endOfName, attributes);
      if (endOfTag < 0) return undefined;
      isClosed = text.charCodeAt(endOfTag - 2) === slash;
      const contentEnd = isClosed ? endOfTag : textEnd(text, endOfTag);
      if (contentEnd < 0) return undefined;
      const raw = text.slice(endOfTag, contentEnd);
      const tag: DocumentTag = {
        kind: "start",
        name,
        content: raw === "" ? undefined : textOf({ kind: "text", raw, width: raw.length }),
        attributes,
        start: at,
        contentStart: endOfTag,
        contentEnd,
      };
      tags.push(tag);
      open.push(tag);
      at = contentEnd;
    }
    if (!isClosed) continue;
    tags.push(endOf(open.pop()!));
    if (open.length === 0) return { tags, end: at };
    at = textEnd(text, at);
    if (at < 0) return undefined;
  }
}

/** The end tag to a start tag. */
export function endOf({ name, start }: DocumentTag): DocumentTag {
  return {
    kind: "end",
    name,
    content: undefined,
    attributes: noAttributes,
    start,
    contentStart: start,
    contentEnd: start,
  };
}

/** Nobody adds one where there is none. */
const noAttributes: TagAttribute[] = [];

const slash = 47;
const equals = 61;
const greaterThan = 62;
const lessThan = 60;
const ampersand = 38;
const rightBracket = 93;

/** Elements that are open at once; a tree decides how many there may be. */
const deepest = 20;

/** @returns the offset behind the start tag; -1 for one that is not plain */
function readAttributes(text: string, endOfName: number, attributes: TagAttribute[]): number {
  let at = endOfName;
  for (;;) {
    const blanks = blankEnd(text, at);
    const code = text.charCodeAt(blanks);
    if (code === greaterThan) return blanks + 1;
    if (code === slash) return text.charCodeAt(blanks + 1) === greaterThan ? blanks + 2 : -1;
    const end = nameEnd(text, blanks);
    if (blanks === at || end === blanks || text.charCodeAt(end) !== equals) return -1;
    const quote = text.charCodeAt(end + 1);
    if (quote !== 34 && quote !== 39) return -1;
    const close = valueEnd(text, end + 2, quote);
    if (close < 0) return -1;
    const name = text.slice(blanks, end);
    if (attributes.some((each) => each.name === name)) return -1;
    attributes.push({ name, value: text.slice(end + 2, close) });
    at = close + 1;
  }
}

/** The offset of the closing quote; -1 for a value that stands for another one, or is none. */
function valueEnd(text: string, start: number, quote: number): number {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    // Not so at the end of the text as well.
    if (!(code >= 32 && code < 0xd800) || code === ampersand || code === lessThan) return -1;
  }
}

/** The offset of the next tag; -1 where the text before it is not plain. */
function textEnd(text: string, start: number): number {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === lessThan) return at;
    if (code === ampersand) return -1;
    if (code === rightBracket && text.startsWith("]]>", at)) return -1;
    if (!(code >= 32 && code < 0xd800) && !isBlank(code)) return -1;
  }
}
