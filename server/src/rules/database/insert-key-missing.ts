import type { ElementRule, Report } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";

/** A row needs a table, and each value a column. */
export const insertKeyMissing: ElementRule = {
  id: "insert-key-missing",
  scope: "element",
  elements: ["Insert"],
  severity: "error",
  message: {
    table: "No row is added, because the Insert has no Table.",
    data: "No row is added on PostgreSQL, because the Insert has no Data.",
    key: "No row is added, because a Data has no Key.",
  },
  policyPlugins: ["XSD"],

  check(element) {
    const reports: Report[] = [];
    if (lacks(element, "Table")) reports.push({ span: placeOf(element, "Table"), variant: "table" });
    // A child of another name is most likely a misspelt one, which is found fault with itself.
    if (element.elements.length === 0) reports.push({ span: element.nameSpan, variant: "data" });
    for (const data of element.childrenNamed("Data")) {
      if (lacks(data, "Key")) reports.push({ span: placeOf(data, "Key"), variant: "key" });
    }
    return reports;
  },
};
