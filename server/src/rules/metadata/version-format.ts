import { conditionAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric, packageVersionOf } from "../shared/version-element.ts";

/** Comparing takes any number of groups; the console and the build option take three. */
export const versionFormat: ElementRule = {
  id: "version-format",
  scope: "element",
  elements: ["Version"],
  severity: "warning",
  message: {
    few: "The console does not find the package by name and version, because it expects three groups of digits.",
    four: "The console does not find the package by name and version, because it expects three groups and not four.",
    long: "The console does not find the package by name and version, because a group has more than four digits.",
  },
  policyPlugins: ["RequiredElements"],

  check(element, { releases }, parentName) {
    const version = packageVersionOf(element, parentName);
    if (!version || !isNumeric(version.value)) return undefined;
    const { value, span } = version;
    const groups = value.split(".");
    const refusing = conditionAcross({ whereNot: "consoleTakesLongGroups" }, releases);
    if (groups.length < 3) {
      return {
        span,
        variant: "few",
        fixes: [replacement(span, [...groups, "0", "0"].slice(0, 3).join("."))],
      };
    } else if (groups.length === 4) {
      return { span, variant: "four", severity: "information" };
    } else if (groups.length === 3 && refusing !== "off" && groups.some((group) => group.length > 4)) {
      return { span, variant: "long", severity: "information", releases: refusing };
    }
    return undefined;
  },
};
