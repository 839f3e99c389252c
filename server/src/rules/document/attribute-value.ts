import { isAcceptedValue } from "../../dialect/accepted-values.ts";
import { rootNames } from "../../dialect/dialect.ts";
import type { ElementRule, Report } from "../rule.ts";
import { attributeRemoval, replacement } from "../shared/fixes.ts";
import { isPlaceholder } from "../shared/root-child.ts";

/** Values of attributes that take only certain ones. */
export const attributeValue: ElementRule = {
  id: "attribute-value",
  scope: "element",
  elements: [...Object.values(rootNames), "Description", "Data"],
  severity: "warning",
  message: "{name}=“{value}” is not understood, because only {values} are known.",
  policyPlugins: ["XSD"],

  check(element, { schema }) {
    const reports: Report[] = [];
    for (const { name } of element.node.attributes) {
      const row = schema.attribute(element.name, name);
      if (!row?.values || (element.name === "Data" && name === "Type")) continue;
      const attribute = element.attribute(name)!;
      const { value } = attribute;
      if (isAcceptedValue(row, value) || isPlaceholder(value) || !attribute.hasValue) continue;
      reports.push({
        span: attribute.valueSpan,
        arguments: { name, value, values: row.values.map((each) => `“${each}”`).join(", ") },
        fixes: [
          ...row.values.map((each) => replacement(attribute.valueSpan, each)),
          ...(row.required || row.advised ? [] : [attributeRemoval(element, attribute)]),
        ],
      });
    }
    return reports;
  },
};
