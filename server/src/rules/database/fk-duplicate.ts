import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";
import { repeatedReferences } from "../shared/repeated-references.ts";

/** The second of two equal keys is skipped, because a constraint of its name exists. */
export const fkDuplicate: ElementRule = {
  id: "fk-duplicate",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "warning",
  summary: "A table refers to the same column of another once",
  message: "The second reference from “{local}” to “{table}” is skipped, because it is there already.",
  docs:
    "The name of a constraint is made from the table and the two columns. When one of that name exists, the next is " +
    "skipped, so a repeated reference does nothing.",
  bad: '<TableCreate Name="acme_contract"><Column Name="create_by" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="create_by" Foreign="id"/><Reference Local="create_by" Foreign="id"/></ForeignKey></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="create_by" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="create_by" Foreign="id"/></ForeignKey></TableCreate>',
  source: "Znuny 7.1 and OTOBO 11, ForeignKeyCreate of the database drivers",

  check: (element) =>
    repeatedReferences(element)
      .filter(({ table, earlierTable }) => table === earlierTable)
      .map(({ reference, local, table }) => ({
        span: reference.span,
        arguments: { local, table },
        fixes: [bareRemoval(reference)],
        unnecessary: true,
      })),
};
