import { databaseOf, type PlacedStatement, placed } from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { reordering } from "../shared/fixes.ts";
import { releasesNamed } from "../shared/releases-named.ts";

/** The driver for PostgreSQL begins the text of the table anew at a column that counts. */
export const columnAutoincrementNotFirst: PackageRule = {
  id: "column-autoincrement-not-first",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: {
    one: "The column “{first}” is missing on PostgreSQL, because {product} leaves out all columns before one with AutoIncrement.",
    several:
      "{count} columns from “{first}” to “{last}” are missing on PostgreSQL, because {product} leaves out all columns before one with AutoIncrement.",
  },
  where: "postgresqlSerialWipes",

  check(spec, context) {
    const { install, upgrade } = databaseOf(spec);
    const reports: Report[] = [];
    for (const statement of [...install, ...upgrade]) {
      const columns = columnsOf(statement);
      const place = columns.findLastIndex(({ autoIncrement }) => autoIncrement);
      if (place <= 0) continue;
      const counter = columns[place]!.element;
      const elements = columns.map(({ element }) => element);
      const order = [counter, ...elements.toSpliced(place, 1)];
      reports.push({
        span: counter.attribute("AutoIncrement")!.span,
        variant: place === 1 ? "one" : "several",
        arguments: {
          count: place,
          first: columns[0]!.name,
          last: columns[place - 1]!.name,
          product: releasesNamed(context),
        },
        related: [
          { message: "The first column that is missing stands here.", span: placeOf(elements[0]!, "Name") },
        ],
        fixes: [
          { title: "Move the column to the front", edits: reordering(spec.tree.source, elements, order) },
        ],
      });
    }
    return reports;
  },
};

interface PlacedColumn {
  readonly name: string;
  readonly autoIncrement: boolean;
  readonly element: Element;
}

function columnsOf(statement: PlacedStatement): readonly PlacedColumn[] {
  if (statement.statement.kind !== "create") return [];
  return statement.statement.columns.map(({ name, autoIncrement, element }) => ({
    name,
    autoIncrement,
    element: placed(statement, element),
  }));
}
