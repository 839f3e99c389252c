import { type PackageError, packageErrorTexts } from "../host/package-error.ts";
import { translate } from "../node/language.ts";
import { withSystemReason } from "../node/system-reason.ts";

/** What the world refuses, in the reader's language. */
export function errorText(error: PackageError): { readonly message: string; readonly hint: string } {
  return {
    message: translate(packageErrorTexts[error.code].message, withSystemReason(error.values)),
    hint: translate(error.hint),
  };
}
