import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The comparison of versions gives up when one of the two is missing. */
export const packageRequiredVersionMissing: ElementRule = {
  id: "package-required-version-missing",
  scope: "element",
  elements: ["PackageRequired"],
  severity: "error",
  message: "No system installs this package, because PackageRequired without Version is never satisfied.",
  policyPlugins: ["XSD"],

  check(element, _context, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    return { span: element.nameSpan, fixes: [attributeInsertion(element, "Version", "0.0.0")] };
  },
};
