import type { ElementRule } from "../rule.ts";
import { repeatedReferences } from "../shared/repeated-references.ts";

/** The table that is referred to is no part of the constraint's name. */
export const fkNameCollision: ElementRule = {
  id: "fk-name-collision",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "error",
  summary: "A column refers to equally named columns of one table only",
  message:
    "“{local}” does not refer to “{table}”, because the constraint would have the name of that to “{earlier}”.",
  docs:
    "The name of a constraint is made from the table, the local column and the foreign column; the foreign table is not " +
    "in it. Two references from one column to the `id` of two tables get the same name, and the second is skipped " +
    "without a word. Use a column of its own for each.",
  bad: '<TableCreate Name="acme_contract"><Column Name="owner_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKey><ForeignKey ForeignTable="roles"><Reference Local="owner_id" Foreign="id"/></ForeignKey></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="owner_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKey></TableCreate>',
  source: "Znuny 7.1 and OTOBO 11, ForeignKeyCreate of the database drivers",

  check: (element) =>
    repeatedReferences(element)
      .filter(({ table, earlierTable }) => table !== earlierTable)
      .map(({ reference, local, table, earlierTable }) => ({
        span: reference.span,
        arguments: { local, table, earlier: earlierTable },
      })),
};
