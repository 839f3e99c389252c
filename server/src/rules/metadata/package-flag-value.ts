import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** Each place asks for the flag its own way, and agrees with the others only on 0 and 1. */
export const packageFlagValue: ElementRule = {
  id: "package-flag-value",
  scope: "element",
  elements: [
    "PackageIsVisible",
    "PackageIsDownloadable",
    "PackageIsRemovable",
    "PackageIsBuildable",
    "PackageAllowDirectUpdate",
  ],
  severity: "error",
  summary: "The flags of a package are 0 or 1",
  message:
    "Some places take “{text}” for yes and others for no, because only 0 and 1 mean the same to all of them.",
  docs:
    "The list of packages hides what is not exactly `1`, other places only what is `0` or empty. So `true`, `yes` or " +
    "` 1 ` with blanks means yes here and no there. Write `0` or `1`; a flag that is not there counts as `1`.",
  bad: "<otrs_package><PackageIsVisible>true</PackageIsVisible></otrs_package>",
  good: "<otrs_package><PackageIsVisible>1</PackageIsVisible></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and the console commands Build, List and Uninstall",
  policyPlugins: ["XSD"],

  check(element, _context, parentName) {
    const { value, span } = element.text;
    // Builders write 0 as an empty text.
    if (!isRootName(parentName) || ["0", "1", ""].includes(value) || isPlaceholder(value)) return undefined;
    const likely = /^\s*(1|true|yes|on)\s*$/i.test(value) ? "1" : "0";
    return {
      span,
      arguments: { text: value },
      fixes: [replacement(span, likely), replacement(span, likely === "1" ? "0" : "1")],
    };
  },
};
