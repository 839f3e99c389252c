import type { ColumnDefinition, DatabaseStatement } from "../../model/database-statement.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import { type PackageDatabase, type PlacedStatement, placed } from "../../symbols/package-database.ts";
import { memo } from "../../text/memo.ts";
import type { Related } from "../rule.ts";
import { placeOf } from "./database-names.ts";

/** Where the package defines a column; nothing for a column of the framework. */
export function columnPlace(database: PackageDatabase, column: object | undefined): readonly Related[] {
  const statement = column && definingStatements(database).get(column);
  return statement ? [columnIn(statement, column as ColumnDefinition)] : [];
}

/** Where a statement gives its table a column of this name; the statement itself where it does not. */
export function columnNamed(statement: PlacedStatement, name: string): Related {
  const key = name.toLowerCase();
  const column = columnsOf(statement.statement).findLast((each) => each.name.toLowerCase() === key);
  return column
    ? columnIn(statement, column)
    : { message: "The column is defined here.", span: placeOf(statement.element, "Name") };
}

/** Where the package creates a table at its installation; nothing for other tables. */
export function tablePlace({ install }: PackageDatabase, table: string): readonly Related[] {
  const key = table.toLowerCase();
  const creation = install.find(
    ({ statement }) => statement.kind === "create" && statement.table.toLowerCase() === key,
  );
  return creation
    ? [{ message: "The installation creates the table here.", span: placeOf(creation.element, "Name") }]
    : [];
}

/** Where a spec lists the file of a path; nothing where it does not. */
export function filePlace(spec: PackageSpec, path: string): readonly Related[] {
  const file = fileList(spec).withPath(path);
  const location = file && fileElement(spec, file).attribute("Location");
  return location ? [{ message: "The file is listed here.", span: location.valueSpan }] : [];
}

function columnIn(statement: PlacedStatement, { element }: ColumnDefinition): Related {
  const name = element.name === "ColumnChange" ? "NameNew" : "Name";
  return { message: "The column is defined here.", span: placeOf(placed(statement, element), name) };
}

const definingStatements = memo(
  ({ install, upgrade }: PackageDatabase): ReadonlyMap<object, PlacedStatement> =>
    new Map(
      [...install, ...upgrade].flatMap((statement) =>
        columnsOf(statement.statement).map((column) => [column, statement] as const),
      ),
    ),
);

function columnsOf(statement: DatabaseStatement): readonly ColumnDefinition[] {
  if (statement.kind === "create") return statement.columns;
  if (statement.kind !== "alter") return [];
  return statement.changes.flatMap((change) =>
    change.kind === "column-add" || change.kind === "column-change" ? [change.column] : [],
  );
}
