import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric, packageVersionOf } from "../shared/version-element.ts";

/** `01` and `1` differ as text, which ends the comparison, but not as numbers, which makes it say "not older". */
export const versionLeadingZero: ElementRule = {
  id: "version-leading-zero",
  scope: "element",
  elements: ["Version"],
  severity: "warning",
  // OTRS 2 to 4 print every group with leading zeros before they compare.
  whereNot: "comparesLongNumbers",
  message:
    "Later groups may not be looked at, because the comparison of versions stops at “{group}” and “{number}”.",

  check(element, _context, parentName) {
    const version = packageVersionOf(element, parentName);
    if (!version || !isNumeric(version.value)) return undefined;
    const { value, span } = version;
    const groups = value.split(".");
    const group = groups.find((each) => /^0\d/.test(each));
    if (group === undefined) return undefined;
    const plain = (each: string) => each.replace(/^0+(?=\d)/, "");
    return {
      span,
      arguments: { group, number: plain(group) },
      fixes: [replacement(span, groups.map(plain).join("."))],
    };
  },
};
