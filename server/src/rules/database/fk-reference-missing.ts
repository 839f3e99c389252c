import type { ElementRule, Report } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";

/** A key says which column refers to which. */
export const fkReferenceMissing: ElementRule = {
  id: "fk-reference-missing",
  scope: "element",
  elements: ["ForeignKey", "ForeignKeyCreate", "ForeignKeyDrop"],
  severity: "error",
  message: {
    none: "Nothing happens, because <{element}> has no Reference.",
    incomplete: "The constraint is neither made nor dropped, because its Reference has no {missing}.",
  },
  policyPlugins: ["XSD"],

  check(element) {
    const references = element.childrenNamed("Reference");
    const reports: Report[] = references.flatMap((reference) => {
      const missing = ["Local", "Foreign"].filter((name) => lacks(reference, name));
      if (missing.length === 0) return [];
      return [
        { span: reference.nameSpan, variant: "incomplete", arguments: { missing: missing.join(", ") } },
      ];
    });
    // A child of another name is most likely a misspelt one, which is found fault with itself.
    if (element.elements.length > 0) return reports;
    return { span: element.nameSpan, variant: "none", arguments: { element: element.name } };
  },
};
