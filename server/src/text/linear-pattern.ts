/**
 * Whether a Perl pattern is found in a text, in time that grows with the length of both alone, whatever the pattern is.
 *
 * Taken are signs, classes, groups, alternatives, repetitions and the ends of a text, in ASCII.
 *
 * @returns undefined for a pattern that has anything else or is too large, and for a text that is not all ASCII
 */
export function isFoundIn(pattern: string, text: string): boolean | undefined {
  if (pattern.length > longest || text.length > longest || !ascii.test(pattern) || !ascii.test(text))
    return undefined;
  try {
    return new Machine(new PatternReader(pattern).read()).finds(text);
  } catch (error) {
    if (error instanceof NotTaken) return undefined;
    throw error;
  }
}

const longest = 1000;
const mostStates = 2000;
const deepest = 20;
const ascii = /^[\t\n\r\x20-\x7e]*$/;

class NotTaken extends Error {}

/** What a pattern is made of. */
type Part =
  | { readonly kind: "sign"; readonly fits: (code: number) => boolean }
  | { readonly kind: "start" | "end" | "very-end" }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Part[] }
  | { readonly kind: "repeat"; readonly part: Part; readonly least: number; readonly most: number };

class PatternReader {
  readonly #pattern: string;
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): Part {
    const part = this.#choice();
    if (this.#at < this.#pattern.length) throw new NotTaken();
    return part;
  }

  #choice(): Part {
    if (++this.#depth > deepest) throw new NotTaken();
    const parts = [this.#sequence()];
    while (this.#takes("|")) parts.push(this.#sequence());
    this.#depth--;
    return { kind: "choice", parts };
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#pattern.length && !"|)".includes(this.#pattern[this.#at]!))
      parts.push(this.#repeated());
    return { kind: "sequence", parts };
  }

  #repeated(): Part {
    const part = this.#single();
    const [whole, sign, least, comma, most] = this.#match(/([*+?])|\{(\d{1,3})(?:(,)(\d{0,3}))?\}/y) ?? [];
    if (whole === undefined) return part;
    // A question mark behind it only says what is taken first; a plus says that nothing is given back.
    this.#takes("?");
    if (/[*+]/.test(this.#pattern[this.#at] ?? "") || !isRepeatable(part)) throw new NotTaken();
    if (sign !== undefined) {
      return { kind: "repeat", part, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
    }
    const upper = comma === undefined ? Number(least) : most ? Number(most) : Infinity;
    return { kind: "repeat", part, least: Number(least), most: upper };
  }

  #single(): Part {
    const sign = this.#pattern[this.#at++]!;
    switch (sign) {
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case ".":
        return { kind: "sign", fits: (code) => code !== 10 };
      case "(": {
        if (this.#pattern.startsWith("?:", this.#at)) this.#at += 2;
        else if ("?*".includes(this.#pattern[this.#at] ?? "*")) throw new NotTaken();
        const inner = this.#choice();
        if (!this.#takes(")")) throw new NotTaken();
        return inner;
      }
      case "[":
        return { kind: "sign", fits: this.#class() };
      case "\\": {
        const escaped = this.#pattern[this.#at++];
        if (escaped === "A") return { kind: "start" };
        if (escaped === "Z") return { kind: "end" };
        if (escaped === "z") return { kind: "very-end" };
        return { kind: "sign", fits: escapedSign(escaped) };
      }
      case "*":
      case "+":
      case "?":
      case "{":
      case "@":
        throw new NotTaken();
      default: {
        const wanted = sign.charCodeAt(0);
        return { kind: "sign", fits: (code) => code === wanted };
      }
    }
  }

  #class(): (code: number) => boolean {
    const isNegated = this.#takes("^");
    const fits: ((code: number) => boolean)[] = [];
    for (let isFirst = true; isFirst || this.#pattern[this.#at] !== "]"; isFirst = false) {
      const sign = this.#pattern[this.#at++];
      if (sign === undefined || (sign === "[" && ":.=".includes(this.#pattern[this.#at] ?? "")))
        throw new NotTaken();
      const escaped = sign === "\\" ? this.#pattern[this.#at++] : undefined;
      if (escaped !== undefined && /[A-Za-z0-9]/.test(escaped)) {
        fits.push(escapedSign(escaped));
        continue;
      }
      const from = (escaped ?? sign).charCodeAt(0);
      let to = from;
      if (this.#pattern[this.#at] === "-" && (this.#pattern[this.#at + 1] ?? "]") !== "]") {
        const last = this.#pattern[this.#at + 1]!;
        if (last === "\\" || last === "[") throw new NotTaken();
        to = last.charCodeAt(0);
        this.#at += 2;
      }
      fits.push((code) => from <= code && code <= to);
    }
    this.#at++;
    return (code) => fits.some((each) => each(code)) !== isNegated;
  }

  #takes(sign: string): boolean {
    if (this.#pattern[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (found) this.#at = expression.lastIndex;
    return found ?? undefined;
  }
}

function isRepeatable({ kind }: Part): boolean {
  return kind === "sign" || kind === "choice";
}

function escapedSign(sign: string | undefined): (code: number) => boolean {
  const known: Readonly<Record<string, RegExp>> = {
    ...{ d: /\d/, D: /\D/, w: /\w/, W: /\W/, s: /\s/, S: /\S/ },
    ...{ n: /\n/, r: /\r/, t: /\t/ },
  };
  const expression = sign === undefined ? undefined : known[sign];
  if (expression) return (code) => expression.test(String.fromCharCode(code));
  if (sign === undefined || /[A-Za-z0-9]/.test(sign)) throw new NotTaken();
  const wanted = sign.charCodeAt(0);
  return (code) => code === wanted;
}

type State =
  | { readonly kind: "sign"; readonly fits: (code: number) => boolean; readonly next: number }
  | { readonly kind: "start" | "end" | "very-end"; readonly next: number }
  | { readonly kind: "split"; readonly next: readonly number[] }
  | { readonly kind: "found" };

/** Goes through a text with all the places in the pattern at once that it may have come to. */
class Machine {
  readonly #states: State[] = [{ kind: "found" }];
  readonly #first: number;

  constructor(part: Part) {
    this.#first = this.#add(part, 0);
  }

  finds(text: string): boolean {
    let current = new Set<number>();
    for (let at = 0; at <= text.length; at++) {
      this.#reach(this.#first, at, text, current);
      if (current.has(0)) return true;
      const following = new Set<number>();
      const code = text.charCodeAt(at);
      for (const index of current) {
        const state = this.#states[index]!;
        if (at < text.length && state.kind === "sign" && state.fits(code))
          this.#reach(state.next, at + 1, text, following);
      }
      current = following;
    }
    return false;
  }

  #reach(first: number, at: number, text: string, reached: Set<number>): void {
    const waiting = [first];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (reached.has(index)) continue;
      const state = this.#states[index]!;
      if (state.kind === "start" && at !== 0) continue;
      if (state.kind === "very-end" && at !== text.length) continue;
      if (state.kind === "end" && at !== text.length && text.slice(at) !== "\n") continue;
      reached.add(index);
      if (state.kind === "split") waiting.push(...state.next);
      else if (state.kind !== "sign" && state.kind !== "found") waiting.push(state.next);
    }
  }

  /** @returns where to begin with a part, to come to `next` behind it */
  #add(part: Part, next: number): number {
    switch (part.kind) {
      case "sequence":
        return part.parts.reduceRight((behind, each) => this.#add(each, behind), next);
      case "choice":
        return this.#push({ kind: "split", next: part.parts.map((each) => this.#add(each, next)) });
      case "repeat":
        return this.#addRepeat(part, next);
      case "sign":
        return this.#push({ kind: "sign", fits: part.fits, next });
      default:
        return this.#push({ kind: part.kind, next });
    }
  }

  #addRepeat({ part, least, most }: Part & { readonly kind: "repeat" }, next: number): number {
    let behind = next;
    if (most === Infinity) {
      const around = this.#push({ kind: "split", next: [] });
      this.#states[around] = { kind: "split", next: [this.#add(part, around), next] };
      behind = around;
    } else {
      for (let count = least; count < most; count++)
        behind = this.#push({ kind: "split", next: [this.#add(part, behind), next] });
    }
    for (let count = 0; count < least; count++) behind = this.#add(part, behind);
    return behind;
  }

  #push(state: State): number {
    if (this.#states.length >= mostStates) throw new NotTaken();
    this.#states.push(state);
    return this.#states.length - 1;
  }
}
