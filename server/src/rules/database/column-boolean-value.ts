import type { ElementRule, Report } from "../rule.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** Of the switches only one word counts. */
export const columnBooleanValue: ElementRule = {
  id: "column-boolean-value",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "warning",
  message: "“{value}” counts as false, because {name} knows only the word “true”.",
  policyPlugins: ["XSD"],

  check(element) {
    const reports: Report[] = [];
    for (const name of ["Required", "PrimaryKey", "AutoIncrement", "NoDefault"]) {
      const attribute = givenAttribute(element, name);
      if (!attribute || /^(true|false)$/i.test(attribute.value)) continue;
      const { value, valueSpan } = attribute;
      // Any value with the word in it makes a primary key.
      if (name === "PrimaryKey" && /true/i.test(value)) continue;
      const meant = /^\s*(1|y|yes|true|on)\s*$/i.test(value) ? ["true", "false"] : ["false", "true"];
      reports.push({
        span: value === "" ? attribute.span : valueSpan,
        arguments: { value, name },
        fixes: meant.map((word) => replacement(valueSpan, word)),
      });
    }
    return reports;
  },
};
