import { type PackageError, packageErrorTexts } from "../host/package-error.ts";
import { translate } from "../node/language.ts";
import { withSystemReason } from "../node/system-reason.ts";
import { complain } from "./output.ts";

/** Says on standard error why the world refused something, and what to do about it. */
export function complainAbout(error: PackageError): void {
  const { message } = packageErrorTexts[error.code];
  const problem = translate(message, withSystemReason(error.values));
  complain("{problem} {advice}", { problem, advice: translate(error.hint) });
}
