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
  message: {
    group: "Upgrades from or to this version go wrong, because the framework reads “{group}” as {number}.",
    blanks: "Upgrades from or to this version go wrong, because the blanks around it count as part of it.",
  },

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
