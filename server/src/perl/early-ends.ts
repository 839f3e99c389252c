import type { PerlText } from "./perl-text.ts";
import { surePlaces } from "./sure-places.ts";

/** A place where code ends before its last line, in a way that the framework takes for a failure. */
export interface EarlyEnd {
  readonly kind: "return" | "die" | "exit";
  /** The word, as offsets of the Perl text. */
  readonly start: number;
  readonly end: number;
  /** For a return: the value that is false, or the place where one is missing. */
  readonly value?: { readonly start: number; readonly end: number; readonly isBare: boolean };
}

/** What is false to Perl when it is returned. */
const falseValue = /^(?:0|undef|''|""|'0'|"0"|\(\s*\))(?=\s*(?:$|(?:if|unless|for|foreach|while|until)\b))/;
const modifier = /^(?:$|(?:if|unless|for|foreach|while|until)\b)/;

/** The early ends outside subroutines; those that an `eval` block catches are left aside. */
export function* earlyEnds(perl: PerlText): Iterable<EarlyEnd> {
  const { code, withStrings } = perl;
  /** What the blocks that are open belong to. */
  const open: ("sub" | "eval" | "other")[] = [];
  for (const match of code.matchAll(/[{}]|(?<![\w$@%&>:])(?:return|die|exit)\b(?!\s*=>)/g)) {
    const [word] = match;
    const start = match.index;
    const end = start + word.length;
    if (word === "{") open.push(ownerOf(code.slice(Math.max(0, start - 80), start)));
    else if (word === "}") open.pop();
    else if (open.includes("sub") || open.includes("eval") || isSubscript(code, start, end)) continue;
    else if (word !== "return") yield { kind: word as "die" | "exit", start, end };
    else {
      const rest = code.slice(end);
      const statement = withStrings.slice(end, end + (/[;}]|$/.exec(rest)?.index ?? 0));
      const text = statement.trim();
      const from = end + statement.length - statement.trimStart().length;
      const found = falseValue.exec(text);
      if (found)
        yield {
          kind: "return",
          start,
          end,
          value: { start: from, end: from + found[0].length, isBare: false },
        };
      else if (modifier.test(text))
        yield { kind: "return", start, end, value: { start: end, end, isBare: true } };
    }
  }
}

/** The first early end that code surely comes to, if nothing before it dies; undefined for none. */
export function sureEnd(perl: PerlText): EarlyEnd | undefined {
  const isSure = surePlaces(perl.code);
  for (const end of earlyEnds(perl)) if (isSure(end.start)) return end;
  return undefined;
}

function ownerOf(before: string): "sub" | "eval" | "other" {
  if (/\bsub(\s+\w+)?\s*(\([^)]*\)\s*)?$/.test(before)) return "sub";
  return /\b(eval|try)\s*$/.test(before) ? "eval" : "other";
}

function isSubscript(code: string, start: number, end: number): boolean {
  return (
    /\{\s*$/.test(code.slice(Math.max(0, start - 8), start)) &&
    /^\s*\}/.test(code.slice(end, end + 8)) &&
    /[\w>\])}]\s*\{\s*$/.test(code.slice(Math.max(0, start - 12), start))
  );
}
