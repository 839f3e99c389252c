import { translate } from "../host/node/language.ts";
import type { Message } from "../l10n/translate.ts";
import { printable } from "./output.ts";

/** A message in the reader's language, on one line of a terminal. */
export function say({ text, values }: Message): string {
  return printable(translate(text, values));
}
