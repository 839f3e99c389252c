import type { PerlText } from "./perl-text.ts";

/** Where a file of Perl declares a package or begins a sub. */
export interface WrittenName {
  /** The package, such as "var::packagesetup::Acme", or the one that a sub lies in; undefined in front of all. */
  readonly module: string | undefined;
  /** Undefined where the package itself is declared. */
  readonly sub: string | undefined;
  /** Offsets of the name. */
  readonly start: number;
  readonly end: number;
}

/** The packages and subs that are written in a file, in the order they stand there. */
export function writtenNames({ code }: PerlText): readonly WrittenName[] {
  let module: string | undefined;
  return [...code.matchAll(naming)].map(({ 0: whole, 1: word, 2: name = "", index }) => {
    const end = index + whole.length;
    if (word === "package") module = name;
    return { module, sub: word === "sub" ? name : undefined, start: end - name.length, end };
  });
}

/** The methods that code calls of the object that its own sub was called of. */
export function ownCalls({ code }: PerlText): readonly { readonly sub: string; readonly start: number }[] {
  return [...code.matchAll(/\$Self\s{0,99}->\s{0,99}(\w+)/g)].map(({ 0: whole, 1: sub = "", index }) => ({
    sub,
    start: index + whole.length - sub.length,
  }));
}

const naming = /(?<![\w$@%&>:])(package|sub)\s{1,99}([\w:]+)/g;
