import type { DialectId } from "../dialect/dialect.ts";
import type { Message } from "../l10n/translate.ts";

/** A behaviour of the frameworks that nobody expects, and what their documentation promises instead. */
export interface Quirk {
  readonly title: Message;
  /** What happens and what to do about it, in one or two sentences. */
  readonly note: Message;
  /** What happens instead when the documentation is taken at its word; undefined where it says nothing. */
  readonly promised: Message | undefined;
  readonly source: string;
  readonly dialects: readonly DialectId[];
}

export const quirks = {} as const satisfies Record<string, Quirk>;

export type QuirkId = keyof typeof quirks | "placeholder";
