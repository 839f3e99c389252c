import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";
import { isNumeric } from "../shared/version-element.ts";

/** Of a group of a version only the digits in front are seen, so that a letter counts as 0. */
export const packageRequiredVersionWildcard: ElementRule = {
  id: "package-required-version-wildcard",
  scope: "element",
  elements: ["PackageRequired"],
  severity: "warning",
  message: "Every version from {value} on is enough, because {group} counts as 0 in a required version.",

  check(element, _context, parentName) {
    const version = element.attribute("Version");
    if (!version || !isRootName(parentName)) return undefined;
    const groups = version.value.trim().split(".");
    const group = groups.find((each) => /^[x*]$/i.test(each));
    if (!group) return undefined;
    const value = groups.map((each) => (/^[x*]$/i.test(each) ? "0" : each)).join(".");
    if (!isNumeric(value)) return undefined;
    return {
      span: version.valueSpan,
      arguments: { value, group },
      fixes: [replacement(version.valueSpan, value)],
    };
  },
};
