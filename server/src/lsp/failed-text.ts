import { translate } from "../host/node/language.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import type { RequestFailed } from "../protocol/request.ts";

/** An answer that only says why there is no other. */
export function failedText(text: string, values?: MessageArguments): RequestFailed {
  return { kind: "failed", message: translate(text, values), hint: "" };
}
