import { isIntegerType, type TypedColumn, writtenType } from "../../model/column-type.ts";
import type { ColumnDefinition, IndexDefinition, TableChange } from "../../model/database-statement.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import { foreignKeyName, type SchemaTable } from "../../symbols/database-schema.ts";
import {
  databaseOf,
  isConditional,
  type PackageDatabase,
  type PlacedStatement,
  placed,
} from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import { memo } from "../../text/memo.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { columnPlace, tablePlace } from "../shared/definition-place.ts";
import { additionFixes, creationFixes } from "../shared/install-fix.ts";

/** A fresh installation runs none of the upgrades. */
export const installUpgradeDrift: PackageRule = {
  id: "install-upgrade-drift",
  scope: "package",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message: {
    "table-missing": "Fresh installations have no table “{table}”, because only an upgrade creates it.",
    "table-left": "Fresh installations still create table “{table}”, which an upgrade drops.",
    "column-missing":
      "Fresh installations have no column “{name}” in “{table}”, because only an upgrade brings it.",
    "column-never-added":
      "Upgraded systems have no column “{name}” in “{table}”, because only a fresh installation creates it.",
    "column-kept":
      "Upgraded systems keep column “{name}” in “{table}”, which fresh installations do not have, because only its foreign key is dropped.",
    "column-left": "Fresh installations still have column “{name}” in “{table}”, which an upgrade drops.",
    "column-type":
      "“{name}” in “{table}” is {installed} in fresh installations and {upgraded} in upgraded ones.",
    "index-missing":
      "Fresh installations have no index “{name}” on “{table}”, because only an upgrade makes it.",
    "index-left": "Fresh installations still have index “{name}” on “{table}”, which an upgrade drops.",
    "key-missing":
      "Fresh installations have no foreign key from “{name}” of “{table}”, because only an upgrade makes it.",
  },

  check(spec, { knowledge, schema }) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const statement of database.upgrade) {
      if (isConditional(statement)) continue;
      const { statement: read, element } = statement;
      const { table } = read;
      const installed = database.installed.table(table);
      const upgraded = database.upgraded.table(table);
      const span = placeOf(element, "Name");
      if (read.kind === "create") {
        if (!upgraded?.complete || codeMentions(spec, table)) continue;
        if (!installed?.complete) {
          const fixes = creationFixes(spec, upgraded, schema);
          reports.push({ span, variant: "table-missing", arguments: { table }, fixes });
        } else reports.push(...columnsNeverAdded(statement, installed, upgraded, database));
      } else if (read.kind === "drop") {
        const left = installed?.complete && database.upgraded.wasDropped(table);
        if (left) {
          const related = tablePlace(database, table);
          reports.push({ span, variant: "table-left", arguments: { table }, related });
        }
      } else if (read.kind === "alter" && upgraded) {
        // Of a table that neither the installation nor the framework creates, nobody knows where it comes from.
        if (!installed?.complete && (!knowledge.table(table) || upgraded.complete)) continue;
        const ofFramework = new Set(knowledge.table(table)?.columns.map(({ name }) => name.toLowerCase()));
        for (const change of read.changes) {
          const drift = driftOf(change, database, table, ofFramework);
          if (!drift) continue;
          const { place, ...report } = drift;
          reports.push({
            ...report,
            span: placeOf(placed(statement, place), placeName(place)),
            fixes: additionFixes(change, report.variant, spec, table, schema),
          });
        }
      }
    }
    return reports;
  },
};

type Drift = Omit<Report, "span"> & { readonly place: Element };

/** What a change leaves different, if it is the last word of the upgrades on its subject. */
function driftOf(
  change: TableChange,
  database: PackageDatabase,
  table: string,
  ofFramework: ReadonlySet<string>,
): Drift | undefined {
  const installed = database.installed.table(table);
  const upgraded = database.upgraded.table(table)!;
  switch (change.kind) {
    case "column-add":
    case "column-change": {
      const { column } = change;
      const { name } = column;
      const key = name.toLowerCase();
      if (name === "" || upgraded.columns.get(key) !== column || ofFramework.has(key)) return undefined;
      const fresh = installed?.columns.get(key);
      if (!fresh) {
        const place = column.element;
        return {
          place,
          variant: "column-missing",
          arguments: { name, table },
          related: tablePlace(database, table),
        };
      }
      return typeDrift(fresh, column, table, columnPlace(database, fresh));
    }
    case "column-drop": {
      const { name, element } = change;
      const left = installed?.columns.get(name.toLowerCase());
      if (!left || upgraded.columns.has(name.toLowerCase())) return undefined;
      const related = columnPlace(database, left);
      return { place: element, variant: "column-left", arguments: { name, table }, related };
    }
    case "index-create": {
      const { name, element } = change.index;
      if (name === "" || upgraded.indexes.get(name.toLowerCase()) !== change.index) return undefined;
      if (hasIndex(installed, change.index)) return undefined;
      return {
        place: element,
        variant: "index-missing",
        arguments: { name, table },
        related: tablePlace(database, table),
      };
    }
    case "index-drop": {
      const { name, element } = change.index;
      const key = name.toLowerCase();
      if (!installed?.indexes.has(key) || upgraded.indexes.has(key)) return undefined;
      const related = tablePlace(database, table);
      return { place: element, variant: "index-left", arguments: { name, table }, related };
    }
    case "foreign-key-create": {
      const missing = change.foreignKey.references.find(
        (reference) =>
          upgraded.foreignKeys.has(foreignKeyName(reference)) &&
          !installed?.foreignKeys.has(foreignKeyName(reference)),
      );
      if (!missing) return undefined;
      const related = tablePlace(database, table);
      return {
        place: missing.element,
        variant: "key-missing",
        arguments: { name: missing.local, table },
        related,
      };
    }
    case "foreign-key-drop": {
      const kept = change.foreignKey.references.find(({ local }) => {
        const key = local.toLowerCase();
        if (key === "" || !installed?.complete || installed.columns.has(key)) return false;
        return !upgraded.columns.has(key) && !upgraded.droppedColumns.has(key) && !upgraded.complete;
      });
      if (!kept) return undefined;
      const args = { name: kept.local, table };
      return { place: kept.element, variant: "column-kept", severity: "warning", arguments: args };
    }
  }
}

/** Columns that only a fresh installation has, of a table that an upgrade creates as well. */
function columnsNeverAdded(
  { element }: PlacedStatement,
  installed: SchemaTable,
  upgraded: SchemaTable,
  database: PackageDatabase,
): readonly Report[] {
  return [...installed.columns].flatMap(([key, column]) =>
    upgraded.columns.has(key) || column.name === ""
      ? []
      : [
          {
            span: placeOf(element, "Name"),
            variant: "column-never-added",
            arguments: { name: column.name, table: installed.name },
            related: columnPlace(database, column),
          },
        ],
  );
}

function typeDrift(
  fresh: ColumnDefinition,
  column: ColumnDefinition,
  table: string,
  related: Drift["related"] = [],
): Drift | undefined {
  const installed = writtenType(fresh);
  const upgraded = writtenType(column);
  if (installed === upgraded || column.type === "" || fresh.type === "") return undefined;
  return {
    place: column.element,
    variant: "column-type",
    severity: fresh.type === column.type || !differInKind(fresh, column) ? "warning" : "error",
    arguments: { name: column.name, table, installed, upgraded },
    related,
  };
}

/** A longer text or a larger integer is a smaller difference than another kind of value. */
function differInKind(a: TypedColumn, b: TypedColumn): boolean {
  const isText = ({ type }: TypedColumn) => type === "VARCHAR" || type === "LONGBLOB";
  return !(isText(a) && isText(b)) && !(isIntegerType(a.type) && isIntegerType(b.type));
}

/** By name, or by what is in it: that is what matters to whoever asks the database. */
function hasIndex(table: SchemaTable | undefined, index: IndexDefinition): boolean {
  if (!table) return false;
  return table.indexes.has(index.name.toLowerCase()) || indexShapes(table).has(shapeOf(index));
}

/** What the indexes of tables are made of, once a schema is finished. */
const indexShapes = memo(({ indexes }: SchemaTable) => new Set([...indexes.values()].map(shapeOf)));

function shapeOf({ unique, columns }: IndexDefinition): string {
  return [unique, ...columns.map(({ name }) => name.toLowerCase())].join(" ");
}

function placeName({ name }: Element): string {
  return name === "ColumnChange" ? "NameNew" : name === "Reference" ? "Local" : "Name";
}
