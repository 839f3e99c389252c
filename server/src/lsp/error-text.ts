import { translate } from "../host/node/language.ts";
import { systemReason } from "../host/node/system-reason.ts";
import { type PackageError, packageErrorTexts } from "../host/package-error.ts";

/** What the world refuses, in the reader's language. */
export function errorText(error: PackageError): { readonly message: string; readonly hint: string } {
  const { reason } = error.values;
  const values =
    typeof reason === "string" ? { ...error.values, reason: systemReason(reason) } : error.values;
  return {
    message: translate(packageErrorTexts[error.code].message, values),
    hint: translate(error.hint),
  };
}
