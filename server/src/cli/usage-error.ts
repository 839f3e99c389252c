import { translate } from "../host/node/language.ts";
import type { MessageArguments } from "../l10n/translate.ts";

/** The command line makes no sense. The message says why; the usage is a `--help` away. */
export class UsageError extends Error {
  readonly #values: MessageArguments;

  constructor(template: string, values: MessageArguments = {}) {
    super(template);
    this.name = "UsageError";
    this.#values = values;
  }

  localised(): string {
    return `${translate(this.message, this.#values)} ${translate("“sopm --help” tells what can be written.")}`;
  }
}
