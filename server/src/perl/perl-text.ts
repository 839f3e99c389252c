import { Balance, type PerlFault } from "./balance.ts";

/**
 * Perl source with everything blanked that is no code, so that simple patterns can be searched in what is left.
 * All texts have the same length, line breaks included: an offset in one is the same offset in the others.
 */
export interface PerlText {
  /** As written. */
  readonly source: string;
  /** Comments, documentation and what stands behind `__END__` are blanks. */
  readonly withStrings: string;
  /** Strings, regular expressions and here-documents are blanks too, their quotes included. */
  readonly code: string;
  /** What surely keeps it from compiling, as far as brackets and quotes tell; undefined for nothing. */
  readonly fault: PerlFault | undefined;
}

/**
 * Tells code from comments and strings as well as can be told without running it.
 *
 * Perl cannot be parsed without knowing its prototypes; where a slash may be a division or a pattern, the word or
 * sign before it decides. A quote that is never closed is taken for a sign, so that the rest is not lost.
 */
export function readPerl(source: string): PerlText {
  const scanner = new Scanner(source);
  scanner.run();
  return {
    source,
    withStrings: blank(source, scanner.comments),
    code: blank(source, [...scanner.comments, ...scanner.strings]),
    fault: scanner.balance.fault,
  };
}

type Range = readonly [start: number, end: number];

function blank(source: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return source;
  let result = "";
  let position = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (start < position) continue;
    result += source.slice(position, start) + source.slice(start, end).replace(/[^\r\n]/g, " ");
    position = end;
  }
  return result + source.slice(position);
}

/** Words that begin something quoted, with the number of parts between the delimiters. */
const quoteWords: Readonly<Record<string, 1 | 2>> = {
  q: 1,
  qq: 1,
  qw: 1,
  qx: 1,
  m: 1,
  qr: 1,
  s: 2,
  tr: 2,
  y: 2,
};

/** Words after which a value is expected, so that a slash starts a pattern. */
const operatorWords = new Set(
  "and or not xor if elsif unless while until return split grep map push unshift x lt gt le ge eq ne cmp isa print when".split(
    " ",
  ),
);

/** Words after which a slash divides. About other words only their prototypes would tell. */
const valueWords = new Set("shift pop time wantarray __LINE__".split(" "));

/** Words that may follow a text; of others Perl makes an error. */
const wordsBehindText =
  /^(?:x\d*|lt|gt|le|ge|eq|ne|cmp|isa|and|or|xor|if|unless|while|until|for|foreach|when)$/;

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

class Scanner {
  readonly comments: Range[] = [];
  readonly strings: Range[] = [];
  readonly balance: Balance;
  readonly #source: string;
  #at = 0;
  /** True when the last token was a value: then a slash divides and `<<` shifts. */
  #afterValue = false;
  /** True behind a word or a brace of which nobody knows what a slash behind it is. */
  #isSlashDoubtful = false;
  /** True behind the word for a loop. */
  #afterFor = false;
  /** The text in quotes, or the closing bracket, that was the last token. */
  #ended: Range | undefined;
  /** Delimiters that were searched in vain to the end, so that nobody searches again. */
  readonly #neverClosed = new Set<string>();
  /** Where the lines begin that may end here-documents, by what stands in them; made when the first is looked for. */
  #lines: ReadonlyMap<string, readonly number[]> | undefined;
  #heredocs: HereDocument[] = [];

  constructor(source: string) {
    this.#source = source;
    this.balance = new Balance(source);
  }

  run(): void {
    const source = this.#source;
    while (this.#at < source.length) {
      const character = source[this.#at]!;
      if (character === "\n") {
        this.#at++;
        if (this.#heredocs.length > 0) this.#heredocBodies();
      } else if (
        character === "=" &&
        this.#atLineStart() &&
        /^=[A-Za-z]/.test(source.slice(this.#at, this.#at + 2))
      ) {
        this.#documentation();
      } else if (character === "#") this.#comment(this.#lineEnd(this.#at));
      else if (/\s/.test(character)) this.#at++;
      else this.#token(character);
    }
    if (this.#heredocs.length > 0) this.#heredocBodies();
    this.balance.end();
  }

  #token(character: string): void {
    const [start, ended, isSlashDoubtful, isLoop] = [
      this.#at,
      this.#ended,
      this.#isSlashDoubtful,
      this.#afterFor,
    ];
    this.#ended = undefined;
    this.#isSlashDoubtful = false;
    this.#afterFor = false;
    /** Whether it is something that stands at the beginning of an expression. */
    let begins = false;
    if (character === "$" || character === "@") {
      begins = true;
      this.#variable();
    } else if (character === "'" || character === '"' || character === "`") {
      begins = true;
      this.#quoted(start, character, 1);
      if (this.#at > start + 1) this.#ended = [start, this.#at];
    } else if (character === "/") this.#slash(isSlashDoubtful);
    else if (character === "<" && this.#heredocStart()) return;
    else if (/[A-Za-z_]/.test(character)) begins = !this.#word();
    else this.#sign(character, isLoop);
    if (ended && begins) this.#checkSequence(ended, start);
  }

  /** Two values in a row are an error, but for words that only Perl knows behind a bracket. */
  #checkSequence([start, end]: Range, next: number): void {
    const isBracket = end === start + 1;
    if (
      isBracket &&
      !/^(?:\$[\w:]+|(?:my|our|local|return)(?!\s*=>))$/.test(this.#source.slice(next, this.#at))
    )
      return;
    this.balance.followed(isBracket ? "semicolon" : "followed", [start, end], [next, this.#at]);
  }

  /** A slash divides, begins a pattern, or is part of the operator for what is not defined. */
  #slash(isDoubtful: boolean): void {
    if (isDoubtful && this.#source[this.#at + 1] !== "/") this.balance.doubt();
    if (!this.#afterValue) this.#quoted(this.#at, "/", 1);
    else {
      this.#at += this.#source[this.#at + 1] === "/" ? 2 : 1;
      this.#afterValue = false;
    }
  }

  #sign(character: string, isLoop: boolean): void {
    const at = this.#at++;
    if (character in closers && character !== "<") this.balance.opened(at, isLoop);
    else if (character === ")" || character === "]" || character === "}") {
      const opener = this.balance.closed(at);
      // Behind a block a statement begins, behind a subscript an operator stands.
      if (character === "}") {
        const before = opener === undefined ? "" : this.#source.slice(Math.max(0, opener - 2), opener);
        this.#isSlashDoubtful = !/[\w\]}>]$/.test(before);
        if (before === "->") this.#ended = [at, at + 1];
      } else this.#ended = [at, at + 1];
    } else if (character === ";") this.balance.semicolon(at);
    else if ((character === "+" || character === "-") && this.#source[at + 1] === character) {
      this.#at++;
      return;
    } else if (character === "\x04" || character === "\x1a") this.balance.doubt();
    // A variable may be named by a sign, and is a value where one is expected.
    else if (character === "*" && !this.#afterValue && /["'`#/]/.test(this.#source[at + 1] ?? ""))
      this.balance.doubt();
    this.#afterValue = /[\d)\]}]/.test(character);
  }

  #atLineStart(): boolean {
    return this.#at === 0 || this.#source[this.#at - 1] === "\n";
  }

  #lineEnd(from: number): number {
    const end = this.#source.indexOf("\n", from);
    return end < 0 ? this.#source.length : end;
  }

  #comment(end: number): void {
    this.comments.push([this.#at, end]);
    this.#at = end;
  }

  #documentation(): void {
    const cut = /^=cut\b.*$/gm;
    cut.lastIndex = this.#at;
    if (cut.exec(this.#source)) this.#comment(cut.lastIndex);
    else {
      this.balance.unclosedDocumentation(this.#at, this.#lineEnd(this.#at));
      this.#comment(this.#source.length);
    }
  }

  /** Skips a variable's sign and name, so that `$#list` starts no comment and `$y` no transliteration. */
  #variable(): void {
    const name =
      /[$@]+(?:#(?=[\w{$])|(?:::)?\^?\w+(?:(?:::|')(?=\w)\w+)*(?:::)?|(?=[{$:])|(?<![$@][$@])[^\w\s{])?/y;
    name.lastIndex = this.#at;
    const isArraySign = this.#source[this.#at] === "@";
    const match = name.exec(this.#source);
    // Behind an at sign punctuation is rarely a name: "@)" is the end of something.
    if (isArraySign && match && !/[\w]/.test(match[0])) this.#at++;
    else {
      this.#at += match ? match[0].length : 1;
      if (match && /[()[\]}]$/.test(match[0])) this.balance.doubt();
    }
    this.#afterValue = true;
  }

  /** @returns false for what cannot follow a text */
  #word(): boolean {
    const start = this.#at;
    const plain = /\w+/y;
    plain.lastIndex = start;
    let word = plain.exec(this.#source)![0];
    let end = start + word.length;
    if (word === "__END__" || word === "__DATA__") {
      this.#comment(this.#source.length);
      return true;
    }
    const isName = this.#isPlainWord(word, end);
    const parts = isName || !Object.hasOwn(quoteWords, word) ? undefined : quoteWords[word];
    if (parts !== undefined) {
      const delimiterAt = this.#behindBlanks(end);
      const delimiter = this.#source[delimiterAt];
      if (delimiter !== undefined && isDelimiter(delimiter, delimiterAt > end)) {
        this.#quoted(delimiterAt, delimiter, parts);
        return false;
      }
      this.balance.doubt();
    } else {
      const whole = /\w+(?:(?:::|')(?=\w)\w+)*/y;
      whole.lastIndex = start;
      word = whole.exec(this.#source)![0];
      end = start + word.length;
    }
    this.#at = end;
    this.#afterValue = isName || !operatorWords.has(word);
    this.#isSlashDoubtful = this.#afterValue && !isName && !valueWords.has(word);
    if (isName) return false;
    this.#afterFor = word === "for" || word === "foreach";
    if (word === "sub") this.#prototype();
    else if (word === "format" && this.#atPicture()) this.balance.doubt();
    return wordsBehindText.test(word);
  }

  /** Skips the prototype of a sub, whose signs are no variables. */
  #prototype(): void {
    const prototype = /\s*(?:[\w:']+\s*)?\([$@%&*;+\\[\]_\s]*\)/y;
    prototype.lastIndex = this.#at;
    if (prototype.test(this.#source)) this.#at = prototype.lastIndex;
  }

  /** Whether a format begins, whose lines are no code. */
  #atPicture(): boolean {
    const begin = /[ \t]*\w*[ \t]*=[ \t]*\r?\n/y;
    begin.lastIndex = this.#at;
    return begin.test(this.#source);
  }

  #behindBlanks(from: number): number {
    const space = /\s*/y;
    space.lastIndex = from;
    return from + space.exec(this.#source)![0].length;
  }

  /** Tells whether a word is a method, a hash key or the like, and no operator. */
  #isPlainWord(word: string, end: number): boolean {
    const raw = this.#source.slice(Math.max(0, this.#at - 8), this.#at);
    const before = raw.trimEnd();
    const after = /\s*(=>|\})?/y;
    after.lastIndex = end;
    const follows = after.exec(this.#source)?.[1];
    return (
      before.endsWith("->") ||
      follows === "=>" ||
      (/\{-?$/.test(before) && follows === "}") ||
      /(?:^|[^&])&\s*$|[%*]$|\bsub\s+$/.test(raw) ||
      // The test for an empty file.
      (word === "s" && /(?:^|[^-])-$/.test(raw))
    );
  }

  /** Reads something quoted that starts with the delimiter at `from`; `#at` may stand before it, on its operator. */
  #quoted(from: number, delimiter: string, parts: 1 | 2): void {
    const start = this.#at;
    let end = this.#closing(from, delimiter);
    if (end !== undefined && parts === 2) {
      if (closers[delimiter]) {
        const at = this.#behindBlanks(end);
        if (at > end && this.#source[at] === "#") this.balance.doubt();
        end = at < this.#source.length ? this.#closing(at, this.#source[at]!) : undefined;
      } else end = this.#closing(end - 1, delimiter);
    }
    this.#afterValue = true;
    if (end === undefined) {
      this.#at = from + 1;
      // A slash may have been a division after all.
      if (delimiter === "/" && start === from) this.balance.doubt();
      else this.balance.unclosedQuote(start, from + 1);
      return;
    }
    const modifiers = /[a-z]*/y;
    modifiers.lastIndex = end;
    if (delimiter === "/" || start < from) end += modifiers.exec(this.#source)![0].length;
    // Then the here-document begins in the middle of the text.
    if (this.#heredocs.length > 0 && this.#source.slice(start, end).includes("\n")) this.balance.doubt();
    this.strings.push([start, end]);
    this.#at = end;
  }

  /** Behind the delimiter that closes the one at `from`; brackets nest. Undefined when there is none. */
  #closing(from: number, delimiter: string): number | undefined {
    if (this.#neverClosed.has(delimiter)) return undefined;
    const closer = closers[delimiter];
    let depth = 0;
    for (let index = from + 1; index < this.#source.length; index++) {
      const character = this.#source[index]!;
      if (character === "\\") index++;
      else if (closer && character === delimiter) depth++;
      else if (character === (closer ?? delimiter)) {
        if (depth === 0) return index + 1;
        depth--;
      }
    }
    this.#neverClosed.add(delimiter);
    return undefined;
  }

  /** Notes a here-document and skips its start; false when the sign at hand is none. */
  #heredocStart(): boolean {
    const pattern = /<<(~?)(?:[ \t]*"([^"\n]*)"|[ \t]*'([^'\n]*)'|\\?([A-Za-z_]\w*))/y;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (!match) return false;
    const [start, end] = [this.#at, this.#at + match[0].length];
    const tag = match[2] ?? match[3] ?? match[4]!;
    const document = { tag, indented: match[1] === "~", start, end };
    if (this.#afterValue && match[4] !== undefined && this.#lastLine(document, start) === Infinity) {
      // Who prints to a file has a here-document behind a value.
      this.balance.doubt();
      return false;
    }
    this.#heredocs.push(document);
    this.#at = end;
    this.#afterValue = true;
    return true;
  }

  /** Skips the bodies of all here-documents of the line before. One that never ends is left as it is. */
  #heredocBodies(): void {
    for (const document of this.#heredocs) {
      const lineStart = this.#lastLine(document, this.#at);
      if (lineStart === Infinity) this.balance.unclosedHereDocument(document.start, document.end);
      else {
        const end = this.#lineEnd(lineStart);
        this.strings.push([this.#at, end]);
        this.#at = end;
      }
    }
    this.#heredocs = [];
  }

  /** Where the line begins that ends a here-document; infinite where it never comes. */
  #lastLine({ tag, indented }: HereDocument, from: number): number {
    this.#lines ??= linesOf(this.#source);
    const starts = this.#lines.get(`${indented ? "~" : "="}${tag}`) ?? [];
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return starts[low] ?? Infinity;
  }
}

/** Where each line begins, by its text behind `=` and by its text without indentation behind `~`. */
function linesOf(source: string): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  const note = (key: string, start: number): void => {
    const starts = lines.get(key);
    if (starts) starts.push(start);
    else lines.set(key, [start]);
  };
  for (const { 0: line, index } of source.matchAll(/^[^\n]{0,300}$/gm)) {
    const text = line.replace(/\r$/, "");
    note(`=${text}`, index);
    note(`~${text.trimStart()}`, index);
  }
  return lines;
}

interface HereDocument {
  readonly tag: string;
  readonly indented: boolean;
  /** Where it is announced. */
  readonly start: number;
  readonly end: number;
}

/** Whether a sign may begin what a quoting word quotes. */
function isDelimiter(sign: string, isSpaced: boolean): boolean {
  // Others are rare, and to look for each of thousands to the end of a text would take too long.
  if (!/[!-~]/.test(sign) || sign === "=" || sign === ";" || sign === ")" || sign === "}") return false;
  return !isSpaced || !/[\w#,]/.test(sign);
}
