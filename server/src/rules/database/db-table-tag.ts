import type { ElementRule } from "../rule.ts";
import { renaming } from "../shared/fixes.ts";

/** `Table` is the word of the frameworks' own schema files. */
export const dbTableTag: ElementRule = {
  id: "db-table-tag",
  scope: "element",
  elements: ["Table"],
  severity: "warning",
  summary: "Packages create tables with TableCreate",
  message: "Checking tools refuse <Table>, because packages create tables with <TableCreate>.",
  docs:
    "The SQL generator takes both words for the same. `Table` is what the frameworks' own schema files use; in a " +
    "package the Znuny code policy forbids it, and other tools only know `TableCreate`.",
  bad: '<Table Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></Table>',
  good: '<TableCreate Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate>',
  source: "Znuny code policy, RequiredElements; Znuny 7.1 and OTOBO 11, SQLProcessor",
  policyPlugins: ["RequiredElements"],

  check: (table) => [{ span: table.nameSpan, fixes: [renaming(table, "TableCreate")] }],
};
