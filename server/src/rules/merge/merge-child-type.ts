import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";

/** Standing inside PackageMerge is not what makes a section a merge section. */
export const mergeChildType: ElementRule = {
  id: "merge-child-type",
  scope: "element",
  elements: ["CodeUpgrade", "DatabaseUpgrade"],
  severity: "error",
  message: {
    other:
      "This section runs in upgrades, phase {type}, and not when the package is absorbed: Type has to be merge.",
    missing: "This section does not run when the package is absorbed, because it has no Type merge.",
  },
  policyPlugins: ["XSD"],

  check(section, _context, parentName) {
    if (parentName !== "PackageMerge") return undefined;
    const type = section.attribute("Type");
    if (!type?.value) {
      return {
        span: section.nameSpan,
        variant: "missing",
        fixes: type ? [] : [attributeInsertion(section, "Type", "merge")],
      };
    }
    // A database section in other letter case is found by a rule of its own.
    if (type.value.toLowerCase() === "merge") return undefined;
    return {
      span: type.valueSpan,
      variant: "other",
      arguments: { type: type.value },
      fixes: [replacement(type.valueSpan, "merge")],
    };
  },
};
