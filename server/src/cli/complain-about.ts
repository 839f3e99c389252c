import { type PackageError, packageErrorTexts } from "../host/package-error.ts";
import type { Shell } from "./shell.ts";

/** Says on standard error why the world refused something, and what to do about it. */
export function complainAbout({ world, complain }: Shell, { code, values, hint }: PackageError): void {
  const { translate, textOf } = world.texts;
  const problem = textOf({ text: packageErrorTexts[code].message, values });
  complain("{problem} {advice}", { problem, advice: translate(hint) });
}
