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
  message:
    "Some places take “{text}” for yes and others for no, because only 0 and 1 mean the same to all of them.",
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
