import type { ElementRule, Report } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";

/** A key says which column refers to which. */
export const fkReferenceMissing: ElementRule = {
  id: "fk-reference-missing",
  scope: "element",
  elements: ["ForeignKey", "ForeignKeyCreate", "ForeignKeyDrop"],
  severity: "error",
  summary: "A foreign key has a complete Reference",
  message: {
    none: "Nothing happens, because <{element}> has no Reference.",
    incomplete: "The constraint is neither made nor dropped, because its Reference has no {missing}.",
  },
  docs:
    "The framework makes one constraint for each `Reference`, from the column here (`Local`) to the one there " +
    "(`Foreign`). Without a `Reference`, or with half of one, it makes none. `ForeignKeyDrop` needs it as well, because " +
    "the name of the constraint is made from both columns.",
  bad: '<ForeignKey ForeignTable="users"><Reference Local="create_by"/></ForeignKey>',
  good: '<ForeignKey ForeignTable="users"><Reference Local="create_by" Foreign="id"/></ForeignKey>',
  source: "Znuny 7.1 and OTOBO 11, ForeignKeyCreate and ForeignKeyDrop of the database drivers",
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
