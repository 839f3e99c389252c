import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric, packageVersionOf } from "../shared/version-element.ts";

/** Six groups are compared, five in OTRS 2 to 4. */
export const versionGroups: ElementRule = {
  id: "version-groups",
  scope: "element",
  elements: ["Version"],
  severity: "warning",
  summary: "A package's Version has no more than four groups",
  message: {
    many: "Tools read a version of {count} groups differently, because the frameworks compare five or six of them.",
    unseen:
      "Versions that differ behind the sixth group are the same to the installer, because it looks at six groups.",
  },
  docs:
    "The installer compares the first six groups of a version, OTRS 2 to 4 the first five; what follows is not seen, " +
    "so nobody can upgrade between versions that differ only there. Three groups are customary.",
  bad: "<otrs_package><Version>1.2.3.4.5</Version></otrs_package>",
  good: "<otrs_package><Version>1.2.3</Version></otrs_package>",
  source: "Znuny 7.1, OTOBO 11 and OTRS 3.1, _CheckVersion",

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
