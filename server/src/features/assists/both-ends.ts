import { columnFact } from "../../knowledge/knowledge.ts";
import { newColumns } from "../../model/database-statement.ts";
import { additionFixes, columnUpgradeFixes, tableUpgradeFixes } from "../../rules/shared/install-fix.ts";
import { plainVersion } from "../../rules/shared/plain-version.ts";
import { foreignKeyName, type SchemaTable } from "../../symbols/database-schema.ts";
import { databaseOf, isConditional, type PlacedStatement, placed } from "../../symbols/package-database.ts";
import type { Assist, AssistPlace } from "./assist.ts";

/**
 * Brings what a fresh installation makes to upgrades as well, and what an upgrade makes to fresh installations. The rules
 * say where one surely lacks the other; this is offered wherever there is only one of them.
 */
export function bothEnds(place: AssistPlace): readonly Assist[] {
  const { install, upgrade } = databaseOf(place.spec);
  const here = (statements: readonly PlacedStatement[]) =>
    statements.find(({ element }) =>
      place.around.some(({ start, name }) => start === element.start && name === element.name),
    );
  const created = here(install);
  if (created) return isConditional(created) ? [] : toUpgrades(created, place);
  const changed = here(upgrade);
  return changed && !isConditional(changed) ? toInstallation(changed, place) : [];
}

function toUpgrades(at: PlacedStatement, { spec, context, around }: AssistPlace): readonly Assist[] {
  const { statement } = at;
  const version = plainVersion(context.packageVersion);
  const { installed, upgraded, upgrade } = databaseOf(spec);
  if (version === undefined || statement.kind === "insert" || statement.kind === "drop") return [];
  const table = installed.table(statement.table);
  const later = upgraded.table(statement.table);
  if (!table || later?.complete) return [];
  const column = newColumns(statement).find((each) => isAround(placed(at, each.element).start, around));
  if (column) {
    const key = column.name.toLowerCase();
    const isFrameworks = columnFact(context.knowledge.table(statement.table), key) !== undefined;
    // A table has its key from the beginning.
    const isKey = column.primaryKey || column.autoIncrement;
    const isThere = later?.columns.has(key) || isFrameworks || isChanged(statement.table, key, upgrade);
    return key === "" || isThere || isKey
      ? []
      : columnUpgradeFixes(spec, statement.table, column, version, context.schema);
  }
  return statement.kind === "create" && around[0]!.start === at.element.start
    ? tableUpgradeFixes(spec, table, version, context.schema)
    : [];
}

/** Tells whether an upgrade takes it that a column is there. */
function isChanged(table: string, column: string, upgrade: readonly PlacedStatement[]): boolean {
  return upgrade.some(
    ({ statement }) =>
      statement.kind === "alter" &&
      statement.table.toLowerCase() === table.toLowerCase() &&
      statement.changes.some(
        (change) => change.kind === "column-change" && change.column.name.toLowerCase() === column,
      ),
  );
}

function toInstallation(at: PlacedStatement, { spec, context, around }: AssistPlace): readonly Assist[] {
  const { statement } = at;
  if (statement.kind !== "alter") return [];
  const change = statement.changes.find((each) => isAround(placed(at, elementOf(each)).start, around));
  const { installed, upgraded } = databaseOf(spec);
  const table = installed.table(statement.table);
  const later = upgraded.table(statement.table);
  // What a later upgrade takes away is not for installations.
  if (!change || !later || !has(later, change)) return [];
  if (installed.wasDropped(statement.table) || (table && has(table, change))) return [];
  // What the table is a part of may come with another version of the framework, or with another package.
  return table ? additionFixes(change, undefined, spec, statement.table, context.schema) : [];
}

type Change = Extract<PlacedStatement["statement"], { kind: "alter" }>["changes"][number];

function elementOf(change: Change) {
  if ("column" in change) return change.column.element;
  if ("index" in change) return change.index.element;
  return "foreignKey" in change ? change.foreignKey.element : change.element;
}

function has(table: SchemaTable, change: Change): boolean {
  switch (change.kind) {
    case "column-add":
    case "column-change":
      return change.column.name === "" || table.columns.has(change.column.name.toLowerCase());
    case "index-create":
      return change.index.name === "" || table.indexes.has(change.index.name.toLowerCase());
    case "foreign-key-create":
      return change.foreignKey.references.every((each) => table.foreignKeys.has(foreignKeyName(each)));
    default:
      return true;
  }
}

function isAround(start: number, around: AssistPlace["around"]): boolean {
  return around.some((element) => element.start === start);
}
