import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** Names of packages are compared letter by letter, blanks included. */
export const packageRequiredName: ElementRule = {
  id: "package-required-name",
  scope: "element",
  elements: ["PackageRequired"],
  severity: "error",
  message: {
    empty: "No system installs this package, because PackageRequired without a name is never satisfied.",
    blanks:
      "No system installs this package, because the blanks count as part of the required package's name.",
  },

  check(element, _context, parentName) {
    const { value, span } = element.text;
    if (!isRootName(parentName) || isPlaceholder(value)) return undefined;
    const trimmed = value.trim();
    if (trimmed === "") return { span: element.nameSpan, variant: "empty" };
    else if (trimmed !== value) return { span, variant: "blanks", fixes: [replacement(span, trimmed)] };
    return undefined;
  },
};
