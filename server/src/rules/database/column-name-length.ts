import type { ElementRule } from "../rule.ts";
import { definedName } from "../shared/database-names.ts";

/** Nothing shortens names of columns. */
export const columnNameLength: ElementRule = {
  id: "column-name-length",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "warning",
  message: "Older Oracle databases refuse “{name}”, because it has {length} characters and 30 is the limit.",
  policyPlugins: ["RequiredElements"],

  check(element) {
    const defined = definedName(element);
    if (!defined || defined.name.length <= 30) return undefined;
    return { span: defined.span, arguments: { name: defined.name, length: defined.name.length } };
  },
};
