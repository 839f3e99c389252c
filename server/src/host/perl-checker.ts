/** What Perl says of a piece of code without running it. */
export type PerlVerdict =
  | { readonly kind: "compiles" }
  | {
      readonly kind: "refused";
      /** In Perl's own words, on one line. */
      readonly message: string;
      /** From 1. */
      readonly line: number;
      /** What it names of the code near to that place; empty when it names nothing. */
      readonly near: string;
    }
  /** It took too long or too much memory, or rests on what only a framework's machine has. */
  | { readonly kind: "unknown" };

/** Somebody who can compile Perl. */
export interface PerlChecker {
  /** What Perl says of the code of a section. It may come from anybody. Never throws. */
  readonly check: (code: string) => Promise<PerlVerdict>;
}

/**
 * What Perl says, as far as it is known.
 *
 * Asking never waits: what is not known yet is undefined, and is remembered as wanted. An object is a snapshot: when more
 * becomes known, there is a new one.
 */
export interface PerlFacts {
  verdictOf(code: string): PerlVerdict | undefined;
}
