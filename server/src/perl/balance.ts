/** A piece of Perl code, as offsets of the text and as it is written. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What keeps Perl code from compiling, whatever Perl there is. */
export interface PerlFault extends Place {
  readonly kind: PerlFaultKind;
  /** The other place that it is about; there is one where the kind says so. */
  readonly other?: Place;
}

export type PerlFaultKind =
  | "unclosed" // a bracket that nothing closes
  | "unclosed-before" // a bracket that is still open at a semicolon, which is the other place
  | "misplaced" // a brace that is most likely the unclosed one: what closes it stands further left, at the other place
  | "mismatched" // something closes another kind of bracket than is open, at the other place
  | "stray" // something closes a bracket, and none is open
  | "quote" // a quote that nothing closes
  | "followed" // a text that goes on from its quote to the other place, and is followed there by what cannot follow
  | "semicolon" // a bracket that ends a value, directly before another one, at the other place
  | "here-document" // one whose last line is missing
  | "documentation"; // it never ends, and keeps a bracket at the other place open

interface Bracket {
  readonly text: string;
  readonly at: number;
  /** Whether it is that of a loop with semicolons. */
  readonly isLoop: boolean;
  /** Blanks before the first character of its line; undefined where it is not known, as in very long lines. */
  readonly indentation: number | undefined;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Follows the brackets of Perl code from its beginning to its end, and notes the first fault.
 *
 * What the reader of the code could not tell for sure may have brackets in it that are none, or hide some. From there on
 * nothing is noted.
 */
export class Balance {
  #fault: PerlFault | undefined;
  #isOver = false;
  readonly #source: string;
  readonly #open: Bracket[] = [];
  /** A brace and what closes it, where the two stand at different depths. */
  #misplaced: { readonly opener: Bracket; readonly closer: number } | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  /** The first fault; undefined where there is none, or nobody can be sure. */
  get fault(): PerlFault | undefined {
    return this.#fault;
  }

  /** Says that from here on brackets may be none. */
  doubt(): void {
    this.#isOver = true;
  }

  opened(at: number, isLoop: boolean): void {
    if (this.#isOver) return;
    const text = this.#source[at]!;
    const indentation = text === "{" ? this.#indentationOf(at, false) : undefined;
    this.#open.push({ text, at, isLoop, indentation });
  }

  /** @returns the place of the bracket that is closed; undefined where that is not known */
  closed(at: number): number | undefined {
    if (this.#isOver) return undefined;
    const text = this.#source[at]!;
    const opener = this.#open.pop();
    if (!opener) this.#note({ kind: "stray", ...this.#place(at) });
    else if (closers[opener.text] !== text)
      this.#note({ kind: "mismatched", ...this.#place(at), other: this.#place(opener.at) });
    else if (text === "}" && !this.#misplaced && opener.indentation !== undefined) {
      const indentation = this.#indentationOf(at, true);
      if (indentation !== undefined && indentation < opener.indentation)
        this.#misplaced = { opener, closer: at };
    }
    return opener?.at;
  }

  semicolon(at: number): void {
    const opener = this.#open.at(-1);
    if (!opener || opener.text === "{" || opener.isLoop) return;
    this.#note({ kind: "unclosed-before", ...this.#place(opener.at), other: this.#place(at) });
  }

  unclosedQuote(start: number, end: number): void {
    this.#note({ kind: "quote", ...this.#place(start, end) });
  }

  unclosedHereDocument(start: number, end: number): void {
    this.#note({ kind: "here-document", ...this.#place(start, end) });
  }

  /** @param ended what comes to its end @param next what follows and cannot */
  followed(
    kind: "followed" | "semicolon",
    [start, end]: readonly [number, number],
    next: readonly [number, number],
  ): void {
    this.#note({
      kind,
      ...this.#place(start),
      other: this.#place(kind === "followed" ? end - 1 : next[0], next[1]),
    });
  }

  /** @param start where documentation begins that never ends */
  unclosedDocumentation(start: number, end: number): void {
    const opener = this.#open.at(-1);
    if (opener)
      this.#note({ kind: "documentation", ...this.#place(start, end), other: this.#place(opener.at) });
  }

  end(): void {
    const opener = this.#open.at(-1);
    if (!opener) return;
    const { closer, opener: misplaced } = this.#misplaced ?? {};
    if (closer !== undefined && misplaced && misplaced.at > opener.at)
      this.#note({ kind: "misplaced", ...this.#place(misplaced.at), other: this.#place(closer) });
    else this.#note({ kind: "unclosed", ...this.#place(opener.at) });
  }

  /** What comes behind the first fault may be a consequence of it. */
  #note(fault: PerlFault): void {
    if (!this.#isOver) this.#fault = fault;
    this.#isOver = true;
  }

  #place(start: number, end = start + 1): Place {
    return { start, end, text: this.#source.slice(start, end) };
  }

  /** The blanks that a line begins with; undefined where that is far away. */
  #indentationOf(at: number, isFirst: boolean): number | undefined {
    const before = this.#source.slice(Math.max(0, at - 200), at);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (line.length === before.length && at > before.length) return undefined;
    const blanks = /^[ \t]*/.exec(line)![0];
    return isFirst && blanks.length < line.length ? undefined : blanks.length;
  }
}
