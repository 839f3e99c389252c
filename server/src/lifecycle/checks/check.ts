import type { Message } from "../../l10n/translate.ts";
import type { Span } from "../../text/span.ts";
import type { Doubt } from "../doubt.ts";
import type { LogEntry } from "../log.ts";
import type { Planning } from "../planning.ts";
import type { QuirkId } from "../quirks.ts";

/** What a check finds. */
export interface CheckResult {
  readonly holds: boolean;
  /** Why it does not hold. */
  readonly reason?: Message;
  /** Where in the spec the cause stands. */
  readonly span?: Span | undefined;
  readonly log?: readonly LogEntry[];
  readonly quirks?: readonly QuirkId[];
  /** Why nobody can tell what happens next, where it does not hold; the plan ends there. */
  readonly doubt?: Doubt;
  /** True where the framework does not mind that it does not hold. */
  readonly goesOn?: boolean;
}

/**
 * Looks at one thing that an operation depends on; undefined when the package does not ask for it.
 *
 * @param place whether the console command or the admin screen asks, before the package manager does
 */
export type Check = (planning: Planning, place: CheckPlace) => CheckResult | undefined;

export type CheckPlace = "entrance" | "operation";

export const holds: CheckResult = { holds: true };
