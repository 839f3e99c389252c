import {
  blankEnd,
  isBlank,
  isNameCharacter,
  isNameStart,
  legalCharacterLength,
  nameEnd,
} from "./characters.ts";
import type { AttributeNode } from "./node.ts";
import { noteProblem, type Problem } from "./problem.ts";
import { attributeValue, referenceProblems } from "./references.ts";
import { TagNames } from "./tag-names.ts";

const ampersand = 38;
const lessThan = 60;
const greaterThan = 62;
const equals = 61;
const slash = 47;
const doubleQuote = 34;
const singleQuote = 39;

type Quote = typeof doubleQuote | typeof singleQuote;

/** From `start` to `end` the next quote that ends a value on the same line is at `quoteAt`; -1 for none. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly quoteAt: number;
}

const noStretch: Stretch = { start: 0, end: -1, quoteAt: -1 };

/** A start tag on its own. All offsets are relative to its `<`. */
export interface StartTag {
  readonly name: string;
  /** Undefined where there are too many of them. */
  readonly names: TagNames | undefined;
  readonly attributes: readonly AttributeNode[];
  readonly width: number;
  readonly end: "open" | "empty" | "unfinished";
  readonly problems: readonly Problem[];
  /** True when a guess was made that text further on could overturn. */
  readonly unsound: boolean;
}

const noProblems: readonly Problem[] = [];
const noAttributes: readonly AttributeNode[] = [];

/** Reads start tags of one text. Remembers what it looked for in vain, as looking again for every tag would be quadratic. */
export class StartTagReader {
  readonly #text: string;
  readonly #complete: boolean;
  readonly #noNames = TagNames.none();
  #closingDoubleQuote = noStretch;
  #closingSingleQuote = noStretch;
  #start = 0;
  readonly #attributes: AttributeNode[] = [];
  #tagNames: TagNames | undefined;
  /** The names of attributes where they are too many. */
  #names: Set<string> | undefined;
  #problems: Problem[] | undefined;
  #unsound = false;
  #cutShort = false;

  /** @param complete true when `text` ends where the document does */
  constructor(text: string, complete: boolean) {
    this.#text = text;
    this.#complete = complete;
  }

  /**
   * Reads the start tag whose `<` stands at `start` and is followed by a name.
   *
   * @returns undefined when the tag may go on beyond the text and that is not complete
   */
  read(start: number): StartTag | undefined {
    this.#start = start;
    this.#attributes.length = 0;
    this.#names = undefined;
    this.#problems = undefined;
    this.#unsound = false;
    this.#cutShort = false;
    const text = this.#text;
    this.#tagNames = this.#noNames.withNameAt(text, start + 1);
    const name = this.#tagNames!.last;
    let index = start + 1 + name.length;
    let spaced = true;
    for (;;) {
      const next = blankEnd(text, index);
      if (next > index) spaced = true;
      index = next;
      if (index >= text.length) {
        if (!this.#complete) return undefined;
        return this.#tag(name, this.#unfinishedEnd(index), "unfinished");
      }
      const code = text.charCodeAt(index);
      if (code === greaterThan) return this.#tag(name, index + 1, "open");
      if (code === slash && text.charCodeAt(index + 1) === greaterThan)
        return this.#tag(name, index + 2, "empty");
      if (code === lessThan) return this.#tag(name, this.#unfinishedEnd(index), "unfinished");
      if (isNameStart(text, index)) {
        if (!spaced) this.#problem("attribute-space-missing", index, nameEnd(text, index));
        index = this.#attribute(index);
      } else {
        index = this.#junk(index);
      }
      if (this.#cutShort) return undefined;
      spaced = false;
    }
  }

  #tag(name: string, end: number, kind: StartTag["end"]): StartTag {
    if (kind === "unfinished") {
      const problem: Problem = {
        code: "tag-unclosed",
        span: { start: 0, end: end - this.#start },
        subject: name,
      };
      this.#problems = [...(this.#problems ?? []), problem];
    }
    return {
      name,
      names: this.#tagNames,
      // A copy has no room for more, which all those in a large text would take.
      attributes: this.#attributes.length > 0 ? this.#attributes.slice() : noAttributes,
      width: end - this.#start,
      end: kind,
      problems: this.#problems ?? noProblems,
      unsound: this.#unsound || kind === "unfinished",
    };
  }

  /** An unfinished tag ends after its last part, so that the line break behind it stays text. */
  #unfinishedEnd(index: number): number {
    let end = index;
    while (isBlank(this.#text.charCodeAt(end - 1))) end--;
    return end;
  }

  /** Reads the attribute whose name starts at `index` and returns the offset after it. */
  #attribute(index: number): number {
    const text = this.#text;
    this.#tagNames = this.#tagNames?.withNameAt(text, index);
    const name = this.#tagNames?.last ?? text.slice(index, nameEnd(text, index));
    const endOfName = index + name.length;
    if (this.#isGiven(name)) this.#problem("attribute-duplicate", index, endOfName, name);
    let after = blankEnd(text, endOfName);
    const code = text.charCodeAt(after);
    if (code !== equals) {
      if (code === doubleQuote || code === singleQuote) {
        this.#problem("attribute-equals-missing", endOfName, after, name);
        return this.#quotedValue(name, index, after);
      }
      if (after >= text.length && !this.#complete) this.#cutShort = true;
      this.#problem("attribute-value-missing", index, endOfName, name);
      return this.#add(name, index, undefined, "", endOfName, endOfName);
    }
    const afterEquals = after + 1;
    after = blankEnd(text, afterEquals);
    const first = text.charCodeAt(after);
    if (first === doubleQuote || first === singleQuote) return this.#quotedValue(name, index, after);
    let end = after;
    while (end < text.length && !isValueEnd(text, end)) end++;
    if (end >= text.length && !this.#complete) this.#cutShort = true;
    if (end === after || (after > afterEquals && this.#isAttribute(after))) {
      this.#problem("attribute-value-missing", index, afterEquals, name);
      return this.#add(name, index, undefined, "", afterEquals, afterEquals);
    }
    this.#problem("attribute-unquoted", after, end, name);
    const raw = text.slice(after, end);
    return this.#add(name, index, raw, attributeValue(raw), after, end);
  }

  /** Tells whether a name and an equals sign stand at `index`. */
  #isAttribute(index: number): boolean {
    const text = this.#text;
    const endOfName = nameEnd(text, index);
    const after = blankEnd(text, endOfName);
    if (after >= text.length && !this.#complete) this.#cutShort = true;
    return endOfName > index && text.charCodeAt(after) === equals;
  }

  /** Tells whether an attribute has been read before. A set pays only for many of them. */
  #isGiven(name: string): boolean {
    if (this.#tagNames) return this.#tagNames.isRepeated;
    this.#names ??= new Set(this.#attributes.map((attribute) => attribute.name));
    const { size } = this.#names;
    return this.#names.add(name).size === size;
  }

  /** Reads the value whose opening quote stands at `quoteAt`. */
  #quotedValue(name: string, nameStart: number, quoteAt: number): number {
    const text = this.#text;
    const quote = text.charCodeAt(quoteAt) as Quote;
    const valueStart = quoteAt + 1;
    let end = valueStart;
    let isPlain = true;
    for (; ; end++) {
      const code = text.charCodeAt(end);
      if (code === quote) break;
      if (Number.isNaN(code)) {
        if (!this.#complete) {
          this.#cutShort = true;
          return end;
        }
        return this.#unquotedEnd(name, nameStart, valueStart, end);
      }
      if (code === lessThan) {
        this.#unsound = true;
        if (this.#closingQuoteOnThisLine(end, quote) < 0)
          return this.#unquotedEnd(name, nameStart, valueStart, end);
        this.#problem("attribute-less-than", end, end + 1, name);
      } else if (code === ampersand) {
        isPlain = false;
      } else if (code < 32 || code >= 0xd800) {
        isPlain = false;
        const length = legalCharacterLength(text, end);
        if (length === 0) this.#problem("character-illegal", end, end + 1, characterName(code));
        if (length === 2) end++;
      }
    }
    if (end + 1 >= text.length && !this.#complete) this.#cutShort = true;
    if (isNameCharacter(text, end + 1)) {
      // `Permission="644 Location="Kernel/A.pm"`: this quote opens the next value, ours was forgotten.
      const swallowed = attributeStartBefore(text, end, valueStart);
      if (swallowed >= 0) return this.#unquotedEnd(name, nameStart, valueStart, swallowed);
    }
    const raw = text.slice(valueStart, end);
    if (isPlain) return this.#add(name, nameStart, raw, raw, valueStart, end + 1);
    if (raw.includes("&")) {
      for (const { code, span, subject } of referenceProblems(raw, valueStart - this.#start))
        this.#problems = noteProblem(this.#problems, code, span.start, span.end, subject);
    }
    return this.#add(name, nameStart, raw, attributeValue(raw), valueStart, end + 1);
  }

  /** Where a quote further on this line looks like the end of the value that a `<` at `index` stands in; -1 if none does. */
  #closingQuoteOnThisLine(index: number, quote: Quote): number {
    const known = quote === doubleQuote ? this.#closingDoubleQuote : this.#closingSingleQuote;
    if (known.start <= index && index <= known.end) return known.quoteAt;
    const found = this.#closingQuoteFrom(index, quote);
    if (quote === doubleQuote) this.#closingDoubleQuote = found;
    else this.#closingSingleQuote = found;
    return found.quoteAt;
  }

  #closingQuoteFrom(start: number, quote: Quote): Stretch {
    const text = this.#text;
    let end = start;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 10 || code === 13) return { start, end, quoteAt: -1 };
      if (code !== quote) continue;
      if (end + 1 >= text.length) break;
      const after = text.charCodeAt(end + 1);
      const ends = isBlank(after) || after === slash || after === greaterThan;
      if (ends && text.charCodeAt(end - 1) !== equals) return { start, end, quoteAt: end };
    }
    if (!this.#complete) this.#cutShort = true;
    return { start, end, quoteAt: -1 };
  }

  /** Ends a value without closing quote where its author most likely meant to: before a line break, `>` or the next name. */
  #unquotedEnd(name: string, nameStart: number, valueStart: number, limit: number): number {
    this.#unsound = true;
    const value = this.#text.slice(valueStart, limit);
    const stop = /[\r\n]|\/?>|\s[\w:.-]+\s*=/.exec(value);
    const end = valueStart + value.slice(0, stop?.index).trimEnd().length;
    // What was noted beyond is not part of the value after all.
    this.#problems = this.#problems?.filter(({ span }) => span.end <= end - this.#start);
    this.#problem("attribute-quote-missing", valueStart - 1, end, name);
    const raw = this.#text.slice(valueStart, end);
    return this.#add(name, nameStart, raw, attributeValue(raw), valueStart, end);
  }

  #junk(index: number): number {
    const text = this.#text;
    let end = index + 1;
    while (end < text.length && !isValueEnd(text, end) && !isNameStart(text, end)) end++;
    if (end >= text.length && !this.#complete) this.#cutShort = true;
    this.#problem("tag-junk", index, end, text.slice(index, Math.min(end, index + 20)));
    return end;
  }

  #add(
    name: string,
    nameStart: number,
    rawValue: string | undefined,
    value: string,
    valueStart: number,
    end: number,
  ): number {
    const start = this.#start;
    this.#attributes.push({
      name,
      nameStart: nameStart - start,
      rawValue,
      value,
      valueStart: valueStart - start,
      end: end - start,
    });
    return end;
  }

  #problem(code: Problem["code"], start: number, end: number, subject?: string): void {
    this.#problems = noteProblem(this.#problems, code, start - this.#start, end - this.#start, subject);
  }
}

/** Where `Name=` with a blank before it starts, if that is what stands right before `end`; else -1. */
function attributeStartBefore(text: string, end: number, limit: number): number {
  let index = blankStart(text, end, limit) - 1;
  if (index < limit || text.charCodeAt(index) !== equals) return -1;
  const endOfName = blankStart(text, index, limit);
  index = endOfName;
  while (index > limit && isNameCharacter(text, index - 1)) index--;
  const start = blankStart(text, index, limit);
  return index < endOfName && start < index ? start : -1;
}

/** The offset from which on there are only blanks up to `end`. */
function blankStart(text: string, end: number, limit: number): number {
  let start = end;
  while (start > limit && isBlank(text.charCodeAt(start - 1))) start--;
  return start;
}

function isValueEnd(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (isBlank(code) || code === greaterThan || code === lessThan) return true;
  return code === slash && text.charCodeAt(index + 1) === greaterThan;
}

/** A name for a code unit that cannot be shown, such as `U+0000`. */
export function characterName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
