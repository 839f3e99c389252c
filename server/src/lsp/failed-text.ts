import type { MessageArguments } from "../l10n/translate.ts";
import { translate } from "../node/language.ts";
import type { RequestFailed } from "../protocol/request.ts";

/** An answer that only says why there is no other. */
export function failedText(text: string, values?: MessageArguments): RequestFailed {
  return { kind: "failed", message: translate(text, values), hint: "" };
}
