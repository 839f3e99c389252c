import type { Message } from "../l10n/translate.ts";

/** What the framework writes to its log or to the terminal, in our words. */
export interface LogEntry extends Message {
  readonly id: string;
  readonly priority: "error" | "notice";
}
