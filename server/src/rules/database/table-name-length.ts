import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** The SQL generator itself writes an error to the log at this length. */
export const tableNameLength: ElementRule = {
  id: "table-name-length",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "warning",
  message:
    "The framework logs an error about “{name}”, because it has {length} characters and 30 is the limit.",
  policyPlugins: ["RequiredElements"],

  check(element) {
    const defined = definedName(element);
    if (!defined || defined.name.length <= 30) return undefined;
    return { span: defined.span, arguments: { name: defined.name, length: defined.name.length } };
  },
};
