import { type Release, switchesOf } from "../dialect/switches.ts";
import { matchesExpression } from "./framework-range.ts";
import { isAtLeast } from "./version.ts";

/**
 * Tells whether an operating system is among those of a package.
 *
 * Each text is a regular expression for the whole name, letter case aside. Elements without text do not count; when
 * none has a text, no system fits.
 *
 * @param system the name Perl has for it, such as "linux", "darwin" or "MSWin32"
 * @param patterns the texts of all `OS` elements; ask only when there is one
 * @source Znuny 7.1 and OTOBO 11, _OSCheck
 */
export function fitsSystem(system: string, patterns: readonly (string | undefined)[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern !== undefined && pattern !== "" && pattern !== "0" && matchesExpression(system, pattern),
  );
}

/** One `ModuleRequired` or `PackageRequired` element. */
export interface Requirement {
  readonly name: string;
  /** Absent when the element has no such attribute. */
  readonly version?: string | undefined;
}

export type Unmet =
  | { readonly kind: "missing"; readonly requirement: Requirement }
  | { readonly kind: "too-old"; readonly requirement: Requirement; readonly installed: string };

/**
 * The first Perl module that stands in the way; undefined when none does.
 *
 * A module that is there and asked for without a version ends the check: what is listed behind it is never looked at.
 *
 * @param installedVersion the version of a module, empty when it has none, undefined when it is not installed
 * @source Znuny 7.1, OTOBO 11 and OTRS 5, _CheckModuleRequired
 */
export function unmetModule(
  requirements: readonly Requirement[],
  installedVersion: (module: string) => string | undefined,
  release: Release,
): Unmet | undefined {
  for (const requirement of requirements) {
    const installed = installedVersion(requirement.name);
    if (installed === undefined) return { kind: "missing", requirement };
    const { version } = requirement;
    if (version === undefined || version === "" || version === "0") return undefined;
    // Where the module is loaded, one without a version counts as good enough, and ends the check too.
    if (installed === "" && switchesOf(release).loadsRequiredModules) return undefined;
    if (!isAtLeast(installed === "" ? "undef" : installed, version, release)) {
      return { kind: "too-old", requirement, installed };
    }
  }
  return undefined;
}
