import type { Texts } from "../l10n/texts.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import type { RequestFailed } from "../protocol/request.ts";

/** An answer that only says why there is no other. */
export function failedText({ translate }: Texts, text: string, values?: MessageArguments): RequestFailed {
  return { kind: "failed", message: translate(text, values), hint: "" };
}
