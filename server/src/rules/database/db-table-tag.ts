import type { ElementRule } from "../rule.ts";
import { renaming } from "../shared/fixes.ts";

/** `Table` is the word of the frameworks' own schema files. */
export const dbTableTag: ElementRule = {
  id: "db-table-tag",
  scope: "element",
  elements: ["Table"],
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "The Znuny code policy refuses <Table>, because packages create tables with <TableCreate>. The frameworks take both for the same.",
  policyPlugins: ["RequiredElements"],

  check: (table) => [{ span: table.nameSpan, fixes: [renaming(table, "TableCreate")] }],
};
