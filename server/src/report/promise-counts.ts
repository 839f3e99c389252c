/** What test systems have shown of a product so far. */
export interface KeptPromises {
  /** With its release line, such as "Znuny 7.1". */
  readonly product: string;
  readonly count: PromiseCount;
}

/** What was foretold for a product and could be looked at on test systems, and how much of it came true. */
export interface PromiseCount {
  readonly made: number;
  readonly kept: number;
  /** Operations on test systems. */
  readonly runs: number;
}
