import { translate } from "../host/node/language.ts";
import { systemReason } from "../host/node/system-reason.ts";
import { type PackageError, packageErrorTexts } from "../host/package-error.ts";
import { complain } from "./output.ts";

/** Says on standard error why the world refused something, and what to do about it. */
export function complainAbout(error: PackageError): void {
  const { message } = packageErrorTexts[error.code];
  const { reason } = error.values;
  const values =
    typeof reason === "string" ? { ...error.values, reason: systemReason(reason) } : error.values;
  complain("{problem} {advice}", { problem: translate(message, values), advice: translate(error.hint) });
}
