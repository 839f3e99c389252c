/** What is said about a rule, beside what it says itself. English. */
export interface RuleText {
  /** The folder of the rule, such as "files". */
  readonly group: string;
  /** One sentence without full stop: lists, settings and the page's title show it. */
  readonly summary: string;
  /** Two to five sentences in Markdown: what the framework does, and what to do instead. */
  readonly docs: string;
  /** A short piece of a spec that the rule finds fault with. */
  readonly bad: string;
  /** The same piece, mended. */
  readonly good: string;
  /** The product and routine that prove the rule, without full stop. */
  readonly source: string;
}

/** By the ids of the rules, in their order. */
export type RuleTexts = Readonly<Record<string, RuleText>>;
