import type { PerlChecker, PerlFacts, PerlVerdict } from "./perl-checker.ts";

/** Remembers what Perl said of the code of one document. */
export class PerlCache {
  readonly #checker: PerlChecker;
  #known = new Map<string, PerlVerdict>();
  #facts: PerlFacts;
  /** What was asked for since the last snapshot. */
  #asked = new Set<string>();

  constructor(checker: PerlChecker) {
    this.#checker = checker;
    this.#facts = this.#snapshot();
  }

  /** What is known now. The same object until more becomes known. */
  get facts(): PerlFacts {
    return this.#facts;
  }

  /** Has compiled what was asked for in vain; true when there is a new snapshot. What nobody asked for is forgotten. */
  async refresh(): Promise<boolean> {
    const asked = this.#asked;
    const wanted = [...asked].filter((code) => !this.#known.has(code));
    if (wanted.length === 0) return false;
    const verdicts = await Promise.all(wanted.map((code) => this.#checker.check(code)));
    const kept = [...this.#known].filter(([code]) => asked.has(code));
    this.#known = new Map([...kept, ...wanted.map((code, index) => [code, verdicts[index]!] as const)]);
    this.#facts = this.#snapshot();
    return true;
  }

  #snapshot(): PerlFacts {
    const known = this.#known;
    const asked = new Set<string>();
    this.#asked = asked;
    return {
      verdictOf(code) {
        asked.add(code);
        return known.get(code);
      },
    };
  }
}
