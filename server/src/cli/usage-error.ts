import type { MessageArguments } from "../l10n/translate.ts";

/** The command line makes no sense. The message is an English template, to be translated where it is shown. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly values: MessageArguments;

  constructor(template: string, values: MessageArguments = {}) {
    super(template);
    this.values = values;
  }
}
