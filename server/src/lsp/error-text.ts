import { type PackageError, packageErrorTexts } from "../host/package-error.ts";
import type { Texts } from "../l10n/texts.ts";

/** What the world refuses, in the reader's language. */
export function errorText(
  { code, values, hint }: PackageError,
  { translate, textOf }: Texts,
): { readonly message: string; readonly hint: string } {
  return { message: textOf({ text: packageErrorTexts[code].message, values }), hint: translate(hint) };
}
