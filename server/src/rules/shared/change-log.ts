import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import type { Element } from "../../syntax/element.ts";
import { rootChildren } from "./root-child.ts";

/** An entry of the change log. */
export interface Change {
  readonly element: Element;
  /** Undefined when there is none, or none that could be compared. */
  readonly version: string | undefined;
  readonly date: string | undefined;
}

/** The change log in the order of the document. */
export function changesOf(spec: PackageSpec): readonly Change[] {
  return rootChildren(spec, "ChangeLog").map((element) => {
    const version = element.value("Version")?.trim();
    return {
      element,
      version: version !== undefined && /^\d+(\.\d+)*$/.test(version) ? version : undefined,
      date: element.value("Date") || undefined,
    };
  });
}

/** Tells whether a change may stand directly above another one: it is newer, or of the same version and not older. */
export function isNewerOrSame(upper: Change, lower: Change): boolean {
  if (upper.version === undefined || lower.version === undefined) return true;
  return compareStrictly(upper.version, lower.version) >= 0;
}
