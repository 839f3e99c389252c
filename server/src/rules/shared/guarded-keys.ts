import { conditionAcross, type ReleaseRange } from "../../dialect/switches.ts";
import type { Report } from "../rule.ts";

/** A key that is there already is "skipped" by some releases, and "refused" by a database that is asked for it by others. */
export type RepeatedKey = Required<Pick<Report, "releases">> & { readonly variant: "skipped" | "refused" };

/** What becomes of a key that is there already, for each part of a range of releases. */
export function guardedKeysAcross(releases: ReleaseRange): readonly RepeatedKey[] {
  const parts: readonly RepeatedKey[] = [
    { variant: "skipped", releases: conditionAcross({ where: "guardsKeys" }, releases) },
    { variant: "refused", releases: conditionAcross({ whereNot: "guardsKeys" }, releases) },
  ];
  return parts.filter((part) => part.releases !== "off");
}
