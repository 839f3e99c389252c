import { codeHolds, codeSection } from "../../symbols/code-section.ts";
import type { Element } from "../../syntax/element.ts";

/** Vendors name the subs of their setup modules after the version below which they are to run. */
const named =
  /->\s*(\w*?(?:LowerThan|LessThan|OlderThan|Below|Before)_?(\d{1,4}(?:_\d{1,4}){1,3}))(?![0-9A-Za-z])/g;

/** The sub that is named after a version, as in `UpgradeFromLowerThan_4_0_1`, and that version. */
export interface NamedSub {
  readonly sub: string;
  readonly version: string;
}

/** The one such sub that a code section calls. A section that calls several has a gate of its own for good reason. */
export function versionedSub(section: Element): NamedSub | undefined {
  if (!codeHolds(section, /_\d/)) return undefined;
  const [only, ...others] = codeSection(section).perl.code.matchAll(named);
  if (!only || others.length > 0) return undefined;
  return { sub: only[1]!, version: only[2]!.replaceAll("_", ".") };
}
