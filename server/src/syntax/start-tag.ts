import {
  blankEnd,
  isBlank,
  isNameCharacter,
  isNameStart,
  legalCharacterLength,
  nameEnd,
} from "./characters.ts";
import type { AttributeNode } from "./node.ts";
import type { Problem } from "./problem.ts";
import { referenceProblems } from "./references.ts";

const lessThan = 60;
const greaterThan = 62;
const equals = 61;
const slash = 47;
const doubleQuote = 34;
const singleQuote = 39;

/** A start tag on its own. All offsets are relative to its `<`. */
export interface StartTag {
  readonly name: string;
  readonly attributes: readonly AttributeNode[];
  readonly width: number;
  readonly end: "open" | "empty" | "unfinished";
  readonly problems: Problem[];
  /** True when a guess was made that text further on could overturn. */
  readonly unsound: boolean;
}

/**
 * Reads the start tag whose `<` stands at `start` and is followed by a name.
 *
 * @param complete true when `text` ends where the document does
 * @returns undefined when the tag may go on beyond `text` and `complete` is false
 */
export function readStartTag(text: string, start: number, complete: boolean): StartTag | undefined {
  const reader = new StartTagReader(text, start, complete);
  return reader.read();
}

class StartTagReader {
  readonly #text: string;
  readonly #start: number;
  readonly #complete: boolean;
  readonly #attributes: AttributeNode[] = [];
  readonly #names = new Set<string>();
  readonly #problems: Problem[] = [];
  #unsound = false;
  #cutShort = false;

  constructor(text: string, start: number, complete: boolean) {
    this.#text = text;
    this.#start = start;
    this.#complete = complete;
  }

  read(): StartTag | undefined {
    const text = this.#text;
    const endOfName = nameEnd(text, this.#start + 1);
    let index = endOfName;
    let spaced = true;
    for (;;) {
      const next = blankEnd(text, index);
      if (next > index) spaced = true;
      index = next;
      if (index >= text.length) {
        if (!this.#complete) return undefined;
        return this.#tag(endOfName, this.#unfinishedEnd(index), "unfinished");
      }
      const code = text.charCodeAt(index);
      if (code === greaterThan) return this.#tag(endOfName, index + 1, "open");
      if (code === slash && text.charCodeAt(index + 1) === greaterThan)
        return this.#tag(endOfName, index + 2, "empty");
      if (code === lessThan) return this.#tag(endOfName, this.#unfinishedEnd(index), "unfinished");
      if (isNameStart(code)) {
        if (!spaced) this.#problem("attribute-space-missing", index, nameEnd(text, index));
        index = this.#attribute(index);
      } else {
        index = this.#junk(index);
      }
      if (this.#cutShort) return undefined;
      spaced = false;
    }
  }

  #tag(endOfName: number, end: number, kind: StartTag["end"]): StartTag {
    const name = this.#text.slice(this.#start + 1, endOfName);
    if (kind === "unfinished") {
      this.#problems.push({
        code: "tag-unclosed",
        span: { start: 0, end: end - this.#start },
        subject: name,
      });
    }
    return {
      name,
      attributes: this.#attributes,
      width: end - this.#start,
      end: kind,
      problems: this.#problems,
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
    const endOfName = nameEnd(text, index);
    const name = text.slice(index, endOfName);
    if (this.#names.has(name)) this.#problem("attribute-duplicate", index, endOfName, name);
    this.#names.add(name);
    let after = blankEnd(text, endOfName);
    const code = text.charCodeAt(after);
    if (code !== equals) {
      if (code === doubleQuote || code === singleQuote) {
        this.#problem("attribute-equals-missing", endOfName, after, name);
        return this.#quotedValue(name, index, after);
      }
      if (after >= text.length && !this.#complete) this.#cutShort = true;
      this.#problem("attribute-value-missing", index, endOfName, name);
      return this.#add(name, index, undefined, endOfName, endOfName);
    }
    after = blankEnd(text, after + 1);
    const first = text.charCodeAt(after);
    if (first === doubleQuote || first === singleQuote) return this.#quotedValue(name, index, after);
    let end = after;
    while (end < text.length && !isValueEnd(text, end)) end++;
    if (end >= text.length && !this.#complete) this.#cutShort = true;
    if (end === after) {
      this.#problem("attribute-value-missing", index, after, name);
      return this.#add(name, index, undefined, after, after);
    }
    this.#problem("attribute-unquoted", after, end, name);
    return this.#add(name, index, text.slice(after, end), after, end);
  }

  /** Reads the value whose opening quote stands at `quoteAt`. */
  #quotedValue(name: string, nameStart: number, quoteAt: number): number {
    const text = this.#text;
    const quote = text.charCodeAt(quoteAt);
    const valueStart = quoteAt + 1;
    let closingQuote = -1;
    let end = valueStart;
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
        if (end > closingQuote) closingQuote = this.#closingQuoteOnThisLine(end, quote);
        if (closingQuote < 0) return this.#unquotedEnd(name, nameStart, valueStart, end);
        this.#problem("attribute-less-than", end, end + 1, name);
      } else if (code < 32 || code >= 0xd800) {
        const length = legalCharacterLength(text, end);
        if (length === 0) this.#problem("character-illegal", end, end + 1, characterName(code));
        if (length === 2) end++;
      }
    }
    const after = text.charCodeAt(end + 1);
    if (end + 1 >= text.length && !this.#complete) this.#cutShort = true;
    if (isNameCharacter(after)) {
      // `Permission="644 Location="Kernel/A.pm"`: this quote opens the next value, ours was forgotten.
      const swallowed = /\s+[\w:.-]+\s*=\s*$/.exec(text.slice(Math.max(valueStart, end - 200), end));
      if (swallowed) return this.#unquotedEnd(name, nameStart, valueStart, end - swallowed[0].length);
    }
    const raw = text.slice(valueStart, end);
    if (raw.includes("&")) {
      for (const problem of referenceProblems(raw, valueStart - this.#start)) this.#problems.push(problem);
    }
    return this.#add(name, nameStart, raw, valueStart, end + 1);
  }

  /** Where a quote further on this line looks like the end of the value that a `<` at `index` stands in; -1 if none does. */
  #closingQuoteOnThisLine(index: number, quote: number): number {
    const text = this.#text;
    for (let at = index; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || code === 13) return -1;
      if (code !== quote) continue;
      if (at + 1 >= text.length) break;
      const after = text.charCodeAt(at + 1);
      const ends = isBlank(after) || after === slash || after === greaterThan;
      return ends && text.charCodeAt(at - 1) !== equals ? at : -1;
    }
    if (!this.#complete) this.#cutShort = true;
    return -1;
  }

  /** Ends a value without closing quote where its author most likely meant to: before a line break, `>` or the next name. */
  #unquotedEnd(name: string, nameStart: number, valueStart: number, limit: number): number {
    this.#unsound = true;
    const value = this.#text.slice(valueStart, limit);
    const stop = /[\r\n]|\/?>|\s[\w:.-]+\s*=/.exec(value);
    const end = valueStart + value.slice(0, stop?.index).trimEnd().length;
    this.#problem("attribute-quote-missing", valueStart - 1, end, name);
    return this.#add(name, nameStart, this.#text.slice(valueStart, end), valueStart, end);
  }

  #junk(index: number): number {
    const text = this.#text;
    let end = index + 1;
    while (end < text.length && !isValueEnd(text, end) && !isNameStart(text.charCodeAt(end))) end++;
    if (end >= text.length && !this.#complete) this.#cutShort = true;
    this.#problem("tag-junk", index, end, text.slice(index, Math.min(end, index + 20)));
    return end;
  }

  #add(
    name: string,
    nameStart: number,
    rawValue: string | undefined,
    valueStart: number,
    end: number,
  ): number {
    const start = this.#start;
    this.#attributes.push({
      name,
      nameStart: nameStart - start,
      rawValue,
      valueStart: valueStart - start,
      end: end - start,
    });
    return end;
  }

  #problem(code: Problem["code"], start: number, end: number, subject?: string): void {
    const span = { start: start - this.#start, end: end - this.#start };
    this.#problems.push(subject === undefined ? { code, span } : { code, span, subject });
  }
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
