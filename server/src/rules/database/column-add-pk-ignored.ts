import { readColumn } from "../../model/database-statement.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Only a new table gets a primary key. */
export const columnAddPkIgnored: ElementRule = {
  id: "column-add-pk-ignored",
  scope: "element",
  elements: ["ColumnAdd", "ColumnChange"],
  severity: "warning",
  summary: "Only a new table gets a primary key",
  message: "The column does not become the primary key, because <{element}> ignores PrimaryKey.",
  docs:
    "A table that exists cannot get a primary key by a package. Create the table with one, or use `UniqueCreate` to " +
    "keep values from occurring twice.",
  bad: '<ColumnAdd Name="number" Required="true" PrimaryKey="true" Type="INTEGER"/>',
  good: '<ColumnAdd Name="number" Required="true" Type="INTEGER"/>',
  source: "Znuny 7.1 and OTOBO 11, TableAlter of the database drivers",

  check(element) {
    const attribute = element.attribute("PrimaryKey");
    if (!attribute || !readColumn(element).primaryKey) return undefined;
    return {
      span: attribute.span,
      arguments: { element: element.name },
      fixes: [attributeRemoval(element, attribute)],
      unnecessary: true,
    };
  },
};
