import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** Names of packages are compared letter by letter, blanks included. */
export const packageRequiredName: ElementRule = {
  id: "package-required-name",
  scope: "element",
  elements: ["PackageRequired"],
  severity: "error",
  summary: "A PackageRequired names a package",
  message: {
    empty: "No system installs this package, because PackageRequired without a name is never satisfied.",
    blanks:
      "No system installs this package, because the blanks count as part of the required package's name.",
  },
  docs:
    "The text of `PackageRequired` is compared with the names of the installed packages as it stands. An empty text or " +
    "blanks and line breaks around the name fit none of them, so installing and upgrading are refused.",
  bad: '<otrs_package><PackageRequired Version="6.4.0"> GeneralCatalog </PackageRequired></otrs_package>',
  good: '<otrs_package><PackageRequired Version="6.4.0">GeneralCatalog</PackageRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckPackageRequired",

  check(element, _context, parentName) {
    const { value, span } = element.text;
    if (!isRootName(parentName) || isPlaceholder(value)) return undefined;
    const trimmed = value.trim();
    if (trimmed === "") return { span: element.nameSpan, variant: "empty" };
    else if (trimmed !== value) return { span, variant: "blanks", fixes: [replacement(span, trimmed)] };
    return undefined;
  },
};
