import type { Message } from "../l10n/translate.ts";

/** What the reader asked for is not there, or makes no sense; `reason` says why. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: Message;

  constructor(reason: Message) {
    super(reason.text);
    this.reason = reason;
  }
}
