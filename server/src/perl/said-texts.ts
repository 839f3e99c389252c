import type { PerlText } from "./perl-text.ts";

/** A text that code says, and where the expression for it ends. */
export interface SaidText {
  readonly text: string;
  readonly end: number;
}

/** Texts that code says by literals, the name of its package and variables that are given one of these just once. */
export class PerlTexts {
  readonly #perl: PerlText;
  readonly #packageName: string | undefined;
  readonly #variables = new Map<string, string | undefined>();

  constructor(perl: PerlText, packageName: string | undefined) {
    this.#perl = perl;
    this.#packageName = packageName;
    for (const { 0: text, 1: name = "", 2: operator, index } of perl.code.matchAll(assignment)) {
      const isOnly = operator === "" && !this.#variables.has(name);
      this.#variables.set(name, isOnly ? this.at(index + text.length, /;/y)?.text : undefined);
    }
  }

  ofVariable(name: string): string | undefined {
    return this.#variables.get(name);
  }

  /** The text that the expression from here on says, if it ends with what is expected behind it. */
  at(start: number, ending: RegExp): SaidText | undefined {
    const source = this.#perl.withStrings;
    let text = "";
    let end = start;
    for (;;) {
      const part = this.#part(skipBlanks(source, end));
      if (!part) return undefined;
      text += part.text;
      // Texts put together out of each other grow without end, and no module has such a name.
      if (text.length > longestText) return undefined;
      end = part.end;
      const next = skipBlanks(source, end);
      if (source[next] !== ".") {
        ending.lastIndex = next;
        return ending.test(source) ? { text, end } : undefined;
      }
      end = next + 1;
    }
  }

  #part(start: number): SaidText | undefined {
    const source = this.#perl.withStrings;
    const literal = read(/'([^'\\\n]{0,300})'|"([^"\\\n]{0,300})"/y, source, start);
    if (literal) {
      const text = literal[1] ?? this.#interpolated(literal[2]!);
      return text === undefined ? undefined : { text, end: start + literal[0].length };
    }
    const own = read(ownName, source, start);
    if (own) return this.#said(this.#packageName, start, own[0]);
    const variable = read(/\$(\w+)(?!\w|\s*(?:->|\[|\{))/y, source, start);
    return variable ? this.#said(this.#variables.get(variable[1]!), start, variable[0]) : undefined;
  }

  #said(text: string | undefined, start: number, source: string): SaidText | undefined {
    return text === undefined ? undefined : { text, end: start + source.length };
  }

  #interpolated(source: string): string | undefined {
    let isKnown = true;
    const text = source.replace(interpolation, (said: string, inBraces?: string, plain?: string) => {
      const variable = inBraces ?? plain;
      const value = variable === undefined ? this.#packageName : this.#variables.get(variable);
      isKnown &&= value !== undefined;
      return value ?? said;
    });
    return isKnown && !/[$@]/.test(text) ? text : undefined;
  }
}

/** The package's own name, as in `'var::packagesetup::' . $Param{Structure}->{Name}->{Content}`. */
const ownNameSource =
  "\\$Param\\{\\s*['\"]?Structure['\"]?\\s*\\}(?:->)?\\{\\s*['\"]?Name['\"]?\\s*\\}(?:->)?\\{\\s*['\"]?Content['\"]?\\s*\\}";
const ownName = new RegExp(ownNameSource, "y");
const interpolation = new RegExp(`${ownNameSource}|\\$\\{(\\w+)\\}|\\$(\\w+)(?!\\w|::|->|\\[|\\{)`, "g");

const assignment = /(?<![\w$@%&>:{])\$(\w+)\s*([-+*./|&]{0,2})=(?![=~>])/g;
const longestText = 300;

/** What a sticky pattern finds at a place. */
export function read(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

function skipBlanks(text: string, start: number): number {
  let end = start;
  while (end < text.length && /\s/.test(text[end]!)) end++;
  return end;
}
