import { messageOf, type PackageError } from "../host/package-error.ts";
import type { Texts } from "../l10n/texts.ts";

/** Whether it is damage of a sandbox that a repair may mend. */
export function isRepairable({ code }: PackageError): boolean {
  return code === "sandbox-damaged" || code === "sandbox-archive-damaged";
}

/** What the world refuses, in the reader's language. */
export function errorText(
  error: PackageError,
  { translate, textOf }: Texts,
): { readonly message: string; readonly hint: string } {
  return { message: textOf(messageOf(error)), hint: translate(error.hint) };
}
