import { switchAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric, packageVersionOf } from "../shared/version-element.ts";

/** Comparing takes any number of groups; the console and the build option take three. */
export const versionFormat: ElementRule = {
  id: "version-format",
  scope: "element",
  elements: ["Version"],
  severity: "warning",
  summary: "A package's Version has three groups of digits",
  message: {
    few: "The console does not find the package by name and version, because it expects three groups of digits.",
    four: "The console does not find the package by name and version, because it expects three groups and not four.",
    long: "The console does not find the package by name and version, because a group has more than four digits.",
  },
  docs:
    "Versions of one, two or four groups can be compared, but the option `--version` of the build command and " +
    "`Name-1.2.3` on the console accept exactly three groups of up to four digits (Znuny 7 more digits). And where " +
    "versions are compared as text, `2.0` and `2.0.0` are two things. Some vendors use a fourth group for test " +
    "releases: `1.2.3.4` is newer than `1.2.3`.",
  bad: "<otrs_package><Version>1.2</Version></otrs_package>",
  good: "<otrs_package><Version>1.2.0</Version></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, the console command Build and _PackageContentGet",
  policyPlugins: ["RequiredElements"],

  check(element, { releases }, parentName) {
    const version = packageVersionOf(element, parentName);
    if (!version || !isNumeric(version.value)) return undefined;
    const { value, span } = version;
    const groups = value.split(".");
    const takesLongGroups = switchAcross("consoleTakesLongGroups", releases) !== "off";
    if (groups.length < 3) {
      return {
        span,
        variant: "few",
        fixes: [replacement(span, [...groups, "0", "0"].slice(0, 3).join("."))],
      };
    } else if (groups.length === 4) {
      return { span, variant: "four", severity: "information" };
    } else if (groups.length === 3 && !takesLongGroups && groups.some((group) => group.length > 4)) {
      return { span, variant: "long", severity: "information" };
    }
    return undefined;
  },
};
