import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric, packageVersionOf } from "../shared/version-element.ts";

/** Six groups are compared, five in OTRS 2 to 4. */
export const versionGroups: ElementRule = {
  id: "version-groups",
  scope: "element",
  elements: ["Version"],
  severity: "warning",
  message: {
    many: "Tools read a version of {count} groups differently, because the frameworks compare five or six of them.",
    unseen:
      "Versions that differ behind the sixth group are the same to the installer, because it looks at six groups.",
  },

  check(element, _context, parentName) {
    const version = packageVersionOf(element, parentName);
    if (!version || !isNumeric(version.value)) return undefined;
    const groups = version.value.split(".");
    if (groups.length <= 4) return undefined;
    const isUnseen = groups.length > 6;
    return {
      span: version.span,
      variant: isUnseen ? "unseen" : "many",
      severity: isUnseen ? "error" : "warning",
      arguments: { count: groups.length },
      fixes: [replacement(version.span, groups.slice(0, 3).join("."))],
    };
  },
};
