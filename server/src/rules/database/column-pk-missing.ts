import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";

/** A row without a key can only be told from others by everything in it. */
export const columnPkMissing: ElementRule = {
  id: "column-pk-missing",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "information",
  summary: "A table has a primary key",
  message: "Single rows of “{table}” cannot be named, because no column is the primary key.",
  docs:
    "Tables without a primary key work, and the frameworks have some themselves. But rows that are equal cannot be told " +
    "apart, and replication of MySQL in groups refuses such tables. Tables that only join two others may do without.",
  bad: '<TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/><Column Name="title" Required="true" Size="200" Type="VARCHAR"/></TableCreate>',
  source: "MySQL manual, group replication; Znuny 7.1 and OTOBO 11, TableCreate of the database drivers",
  profiles: ["strict"],

  check(element) {
    const statement = readStatement(element.node);
    if (statement?.kind !== "create" || statement.columns.length === 0) return undefined;
    if (statement.columns.some(({ primaryKey }) => primaryKey)) return undefined;
    return { span: element.nameSpan, arguments: { table: statement.table } };
  },
};
