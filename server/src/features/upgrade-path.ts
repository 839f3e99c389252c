import { isDatabaseFamily, type PackageSpec } from "../model/package-spec.ts";
import { compareStrictly } from "../model/version.ts";
import { changesOf } from "../rules/shared/change-log.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import type { Element } from "../syntax/element.ts";
import { memo } from "../text/memo.ts";
import { isDead, phaseOf } from "./section-timing.ts";

/** The versions from below which an upgrade runs something of these sections, the lowest first; without those of merges. */
export function gatesIn(sections: readonly Element[], spec: PackageSpec): readonly string[] {
  const gates = sections
    .filter((section) => phaseOf(section, spec) !== "merge" && !isDead(section, spec))
    .flatMap((section) => (isDatabaseFamily(section.name) ? section.elements : [section]))
    .flatMap((element) => plainVersion(element.value("Version")) ?? []);
  return [...new Set(gates)].sort(compareStrictly);
}

/**
 * A version below another one: the newest of the change log that is, else one that may never have been there. Undefined
 * below the lowest of all.
 */
export function versionBelow(version: string, spec: PackageSpec): string | undefined {
  const lower = loggedVersions(spec).filter((each) => compareStrictly(each, version) < 0);
  return lower.at(-1) ?? nextLower(version);
}

/** Those of the change log, the lowest first. */
const loggedVersions = memo((spec: PackageSpec): readonly string[] =>
  changesOf(spec)
    .flatMap(({ version }) => plainVersion(version) ?? [])
    .sort(compareStrictly),
);

/** Such as 1.2.9 for 1.3.0; undefined for 0.0.0. */
function nextLower(version: string): string | undefined {
  const groups = version.split(".").map(Number);
  const last = groups.findLastIndex((group) => group > 0);
  if (last < 0) return undefined;
  return groups.map((group, index) => (index < last ? group : index === last ? group - 1 : 9)).join(".");
}
