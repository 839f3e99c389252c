import { groupsOf, perlNumber } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric, packageVersionOf } from "../shared/version-element.ts";

/** Of a group only the digits in front are seen. */
export const versionSuffix: ElementRule = {
  id: "version-suffix",
  scope: "element",
  elements: ["Version"],
  severity: "error",
  summary: "A package's Version consists of digits and dots",
  message: {
    group: "Upgrades from or to this version go wrong, because the framework reads “{group}” as {number}.",
    blanks: "Upgrades from or to this version go wrong, because the blanks around it count as part of it.",
  },
  docs:
    "The groups of a version are compared as numbers, and only digits in front count: `1.0.0-rc1` and `1.0.0-rc2` are " +
    "the same version to the installer, `v1` is 0, and where two groups differ as text but not as numbers the " +
    "comparison ends at once. Nobody can upgrade from one such version to the other. Use digits and dots only, and a " +
    "fourth group for test releases if you need them.",
  bad: "<otrs_package><Version>1.0.0-rc1</Version></otrs_package>",
  good: "<otrs_package><Version>1.0.0</Version></otrs_package>",
  source: "Znuny 7.1, OTOBO 11 and OTRS 3.1, _CheckVersion",

  check(element, _context, parentName) {
    const version = packageVersionOf(element, parentName);
    if (!version || isNumeric(version.value)) return undefined;
    const { value, span } = version;
    const trimmed = value.trim();
    if (trimmed !== value && isNumeric(trimmed)) {
      return { span, variant: "blanks", fixes: [replacement(span, trimmed)] };
    }
    const group = groupsOf(value).find((each) => !/^\d+$/.test(each)) ?? value;
    const digits = /\d+(\.\d+)*/.exec(value)?.[0];
    const plain = digits && [...digits.split("."), "0", "0"].slice(0, 3).join(".");
    return {
      span,
      variant: "group",
      arguments: { group, number: String(perlNumber(group)) },
      fixes: plain ? [replacement(span, plain)] : [],
    };
  },
};
