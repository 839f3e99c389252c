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
  "and or not xor if unless while until return split grep map push unshift x lt gt le ge eq ne cmp print when".split(
    " ",
  ),
);

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

class Scanner {
  readonly comments: Range[] = [];
  readonly strings: Range[] = [];
  readonly #source: string;
  #at = 0;
  /** True when the last token was a value: then a slash divides and `<<` shifts. */
  #afterValue = false;
  /** Delimiters that were searched in vain to the end, so that nobody searches again. */
  readonly #neverClosed = new Set<string>();
  readonly #neverEnded = new Set<string>();
  #heredocs: { readonly tag: string; readonly indented: boolean }[] = [];

  constructor(source: string) {
    this.#source = source;
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
      else if (character === "$" || character === "@") this.#variable();
      else if (character === "'" || character === '"' || character === "`")
        this.#quoted(this.#at, character, 1);
      else if (character === "/" && !this.#afterValue) this.#quoted(this.#at, "/", 1);
      else if (character === "/" && source[this.#at + 1] === "/") {
        this.#at += 2;
        this.#afterValue = false;
      } else if (character === "<" && this.#heredocStart()) continue;
      else if (/[A-Za-z_]/.test(character)) this.#word();
      else {
        if (!/\s/.test(character)) this.#afterValue = /[\d)\]}]/.test(character);
        this.#at++;
      }
    }
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
    this.#comment(cut.exec(this.#source) ? cut.lastIndex : this.#source.length);
  }

  /** Skips a variable's sign and name, so that `$#list` starts no comment and `$y` no transliteration. */
  #variable(): void {
    const name = /[$@]+(?:#(?=[\w{$])|(?:::)?\^?\w+(?:(?:::|')(?=\w)\w+)*|(?=[{$:])|[^\w\s{])?/y;
    name.lastIndex = this.#at;
    const isArraySign = this.#source[this.#at] === "@";
    const match = name.exec(this.#source);
    // Behind an at sign punctuation is rarely a name: "@)" is the end of something.
    if (isArraySign && match && !/[\w]/.test(match[0])) this.#at++;
    else this.#at += match ? match[0].length : 1;
    this.#afterValue = true;
  }

  #word(): void {
    const pattern = /\w+(?:(?:::|')(?=\w)\w+)*/y;
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.#source)![0];
    const end = this.#at + word.length;
    if (word === "__END__" || word === "__DATA__") {
      this.#comment(this.#source.length);
      return;
    }
    const isName = this.#isPlainWord(end);
    const parts = isName || !Object.hasOwn(quoteWords, word) ? undefined : quoteWords[word];
    if (parts !== undefined) {
      const space = /\s*/y;
      space.lastIndex = end;
      const delimiterAt = end + space.exec(this.#source)![0].length;
      const delimiter = this.#source[delimiterAt];
      const spaced = delimiterAt > end;
      const starts =
        delimiter !== undefined &&
        !/[,;)\s]/.test(delimiter) &&
        !(spaced && /[\w#=]/.test(delimiter)) &&
        delimiter !== "=";
      if (starts) {
        this.#quoted(delimiterAt, delimiter, parts);
        return;
      }
    }
    this.#at = end;
    this.#afterValue = isName || !operatorWords.has(word);
  }

  /** Tells whether a word is a method, a hash key or the like, and no operator. */
  #isPlainWord(end: number): boolean {
    const before = this.#source.slice(Math.max(0, this.#at - 8), this.#at).trimEnd();
    const after = /\s*(=>|\})?/y;
    after.lastIndex = end;
    const follows = after.exec(this.#source)?.[1];
    return (
      before.endsWith("->") ||
      before.endsWith("&") ||
      follows === "=>" ||
      (before.endsWith("{") && follows === "}")
    );
  }

  /** Reads something quoted that starts with the delimiter at `from`; `#at` may stand before it, on its operator. */
  #quoted(from: number, delimiter: string, parts: 1 | 2): void {
    const start = this.#at;
    let end = this.#closing(from, delimiter);
    if (end !== undefined && parts === 2) {
      if (closers[delimiter]) {
        const second = /\s*/y;
        second.lastIndex = end;
        const at = end + second.exec(this.#source)![0].length;
        end = at < this.#source.length ? this.#closing(at, this.#source[at]!) : undefined;
      } else end = this.#closing(end - 1, delimiter);
    }
    this.#afterValue = true;
    if (end === undefined) {
      this.#at = from + 1;
      return;
    }
    const modifiers = /[a-z]*/y;
    modifiers.lastIndex = end;
    if (delimiter === "/" || start < from) end += modifiers.exec(this.#source)![0].length;
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
    const pattern = /<<(~?)(?:"([^"\n]*)"|'([^'\n]*)'|([A-Za-z_]\w*))/y;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (!match || (this.#afterValue && match[4] !== undefined)) return false;
    this.#heredocs.push({ tag: match[2] ?? match[3] ?? match[4]!, indented: match[1] === "~" });
    this.#at += match[0].length;
    this.#afterValue = true;
    return true;
  }

  /** Skips the bodies of all here-documents of the line before. One that never ends is left as it is. */
  #heredocBodies(): void {
    for (const { tag, indented } of this.#heredocs) {
      if (this.#neverEnded.has(tag)) continue;
      let lineStart = this.#at;
      while (lineStart < this.#source.length) {
        const lineEnd = this.#lineEnd(lineStart);
        const line = this.#source.slice(lineStart, lineEnd).replace(/\r$/, "");
        if ((indented ? line.trimStart() : line) === tag) {
          this.strings.push([this.#at, lineEnd]);
          this.#at = lineEnd;
          break;
        }
        lineStart = lineEnd + 1;
      }
      if (lineStart >= this.#source.length) this.#neverEnded.add(tag);
    }
    this.#heredocs = [];
  }
}
