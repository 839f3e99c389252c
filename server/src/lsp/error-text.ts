import { translate } from "../host/node/language.ts";
import { withSystemReason } from "../host/node/system-reason.ts";
import { type PackageError, packageErrorTexts } from "../host/package-error.ts";

/** What the world refuses, in the reader's language. */
export function errorText(error: PackageError): { readonly message: string; readonly hint: string } {
  return {
    message: translate(packageErrorTexts[error.code].message, withSystemReason(error.values)),
    hint: translate(error.hint),
  };
}
