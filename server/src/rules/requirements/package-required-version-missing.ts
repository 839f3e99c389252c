import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The comparison of versions gives up when one of the two is missing. */
export const packageRequiredVersionMissing: ElementRule = {
  id: "package-required-version-missing",
  scope: "element",
  elements: ["PackageRequired"],
  severity: "error",
  summary: "A PackageRequired has a Version",
  message: "No system installs this package, because PackageRequired without Version is never satisfied.",
  docs:
    "The installer compares the installed version of the required package with `Version`. Without it the comparison " +
    "is given up and counts as failed, whatever is installed: installing and upgrading are refused. The overview " +
    "that Znuny 7 shows before takes a missing version for any. Write the lowest version that will do; `0.0.0` is " +
    "satisfied by all.",
  bad: "<otrs_package><PackageRequired>GeneralCatalog</PackageRequired></otrs_package>",
  good: '<otrs_package><PackageRequired Version="6.4.0">GeneralCatalog</PackageRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckPackageRequired and _CheckVersion",
  policyPlugins: ["XSD"],

  check(element, _context, parentName) {
    if (!isRootName(parentName)) return undefined;
    if (element.attributes.some(({ name }) => name.toLowerCase() === "version")) return undefined;
    return { span: element.nameSpan, fixes: [attributeInsertion(element, "Version", "0.0.0")] };
  },
};
