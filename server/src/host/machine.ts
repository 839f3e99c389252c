/** The computer that SOPM runs on. */
export interface Machine {
  /** Its bare name. */
  readonly name: () => string;
  /** A variable of the environment, such as `SOURCE_DATE_EPOCH`; undefined for one that is not set. */
  readonly variable: (name: string) => string | undefined;
}
