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
  summary: "Attributes have values that somebody understands",
  message: "{name}=“{value}” is not understood, because only {values} are known.",
  docs:
    "Some attributes take only certain values; the frameworks pass over any other or take it for something else, and " +
    "validators refuse it. Rules of their own speak of values that decide when a section runs.",
  bad: '<otrs_package version="2.7"/>',
  good: '<otrs_package version="1.0"/>',
  source: "The schema of the Znuny code policy; OPM::Validate 1.11",
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
          attributeRemoval(element, attribute),
        ],
      });
    }
    return reports;
  },
};
