import { conditionAcross } from "../../dialect/switches.ts";
import { readColumn } from "../../model/database-statement.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { ElementRule, Report } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Only a new table surely gets a primary key. */
export const columnAddPkIgnored: ElementRule = {
  id: "column-add-pk-ignored",
  scope: "element",
  elements: ["ColumnAdd", "ColumnChange"],
  severity: "warning",
  message: {
    ignored: "The column does not become the primary key, because <{element}> ignores PrimaryKey.",
    optional:
      "On MySQL the column does not become the primary key, because PrimaryKey of a column that is added counts there only beside Required or a Default.",
    uncounted:
      "On PostgreSQL the column does not become the primary key, because PrimaryKey of a column that is added counts there only beside AutoIncrement.",
  },

  check(element, { releases }) {
    const attribute = element.attribute("PrimaryKey");
    const column = readColumn(element);
    if (!attribute || !column.primaryKey) return undefined;
    // A new table takes more than this one word for true.
    const mayCount = element.name === "ColumnAdd" && /^true$/i.test(attribute.value);
    if (!mayCount) return ignored(element, attribute);
    const { span } = attribute;
    const counting = conditionAcross({ where: "columnAddPrimaryKey" }, releases);
    if (counting === "off") return ignored(element, attribute);
    const reports: Report[] = [];
    const rest = conditionAcross({ whereNot: "columnAddPrimaryKey" }, releases);
    // Where some of the releases read it, it is there for those.
    if (rest !== "off")
      reports.push({ span, variant: "ignored", arguments: { element: element.name }, releases: rest });
    if (!column.required && column.default === undefined)
      reports.push({ span, variant: "optional", releases: counting });
    if (!column.autoIncrement) reports.push({ span, variant: "uncounted", releases: counting });
    return reports;
  },
};

function ignored(element: Element, attribute: Attribute): Report {
  return {
    span: attribute.span,
    variant: "ignored",
    arguments: { element: element.name },
    fixes: [attributeRemoval(element, attribute)],
    unnecessary: true,
  };
}
