import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Without a version nothing can be compared, and nothing installed. */
export const versionMissing: PackageRule = {
  id: "version-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    missing: "No system installs this package, because it has no Version.",
    empty: "No system installs this package, because it has no Version.",
    blank: "The version of this package counts as 0, because its Version is nothing but blanks.",
  },
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "Version", () => likelyVersion(spec), context),
};

/** The highest that the package speaks of: with a lower one, parts of it would be for a version still to come. */
function likelyVersion(spec: PackageSpec): string {
  const versions = [
    ...spec.all("ChangeLog"),
    ...spec.all("CodeUpgrade"),
    ...spec.all("DatabaseUpgrade").flatMap(({ elements }) => elements),
  ].flatMap((element) => plainVersion(element.value("Version")?.trim()) ?? []);
  return versions.reduce((a, b) => (compareStrictly(b, a) > 0 ? b : a), "1.0.0");
}
