import type { Message } from "../l10n/translate.ts";
import { translate } from "../node/language.ts";
import { oneLine } from "../text/visible.ts";

/** A message in the reader's language, on one line of a terminal. */
export function say({ text, values }: Message): string {
  return oneLine(translate(text, values));
}
