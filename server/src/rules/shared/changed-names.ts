import { writtenType } from "../../model/column-type.ts";
import { newColumns, readStatement } from "../../model/database-statement.ts";
import type { PackageShape } from "../../model/package-shape.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import type { SchemaTable } from "../../symbols/database-schema.ts";
import { databaseOf, isConditional, type PlacedStatement, placed } from "../../symbols/package-database.ts";
import { changesOf } from "../../symbols/shape-of-package.ts";
import type { Element } from "../../syntax/element.ts";
import type { RuleContext } from "../rule-context.ts";
import type { ReleasedVersion } from "./released-versions.ts";
import { setupMentions } from "./setup-files.ts";

/** Something that installations make under another name than a version that was released, and that upgrades leave as it is. */
export interface ChangedName {
  /** The table; for a column the one that it is in. */
  readonly table: string;
  /** The column by its new name; undefined for a table. */
  readonly column: Element | undefined;
  readonly from: string;
  readonly to: string;
  /** At its place in the document. */
  readonly element: Element;
}

/**
 * The tables and columns of an installation that the last released version has under other names: a table with nearly the
 * same columns in place of one that is gone, a column in the place of another one of its type. What code may have done is
 * left out.
 */
export function changedNames(
  spec: PackageSpec,
  { shape }: ReleasedVersion,
  context: RuleContext,
): readonly ChangedName[] {
  const { install, installed } = databaseOf(spec);
  const changed: ChangedName[] = [];
  const touched = touchedByUpgrades(spec);
  const isOpen = (name: string) =>
    shape.mentions(name) || codeMentions(spec, name) || setupMentions(spec, name, context);
  const isFree = (table: string) => !touched.has(table) && !isOpen(table);
  const gone = [...shape.tables].flatMap(([name, table]) =>
    table.isOwn && !installed.table(name) && isFree(name) ? [{ name, table }] : [],
  );
  for (const statement of install) {
    const { statement: read, element } = statement;
    if (isConditional(statement) || read.kind !== "create") continue;
    const key = read.table.toLowerCase();
    const table = installed.table(key);
    if (!table?.complete) continue;
    const before = shape.tables.get(key);
    if (before?.isOwn) {
      if (!isOpen(key)) changed.push(...changedColumns(statement, table, before, shape, touched));
    } else if (!before && isFree(key) && !shape.upgrades.has(`create ${key}`)) {
      const [like, ...others] = gone.filter((each) => isAlike(each.table.columns, table));
      const isOnly = installed.tables.every(
        (each) =>
          each === table ||
          shape.tables.has(each.name.toLowerCase()) ||
          !like ||
          !isAlike(like.table.columns, each),
      );
      if (like && others.length === 0 && isOnly)
        changed.push({ table: read.table, column: undefined, from: like.name, to: read.table, element });
    }
  }
  return changed;
}

function changedColumns(
  statement: PlacedStatement,
  table: SchemaTable,
  before: TableShape,
  shape: PackageShape,
  touched: ReadonlySet<string>,
): readonly ChangedName[] {
  const key = table.name.toLowerCase();
  const isFree = (column: string) => !touched.has(`${key} ${column}`);
  const come = newColumns(statement.statement);
  const olds = [...before.columns];
  return come.flatMap((column, index): readonly ChangedName[] => {
    const name = column.name.toLowerCase();
    if (name === "" || before.columns.has(name) || !isFree(name)) return [];
    if ([...shape.upgrades].some((each) => makesColumn(each, key, name))) return [];
    // At the same place, counted from either end.
    const [old, ...others] = new Set(
      [olds[index], olds.at(index - come.length)].filter(
        (each) => each && !table.columns.has(each[0]) && each[1] === writtenType(column) && isFree(each[0]),
      ),
    );
    if (!old || others.length > 0) return [];
    const element = placed(statement, column.element);
    return [{ table: table.name, column: element, from: old[0], to: column.name, element }];
  });
}

/** Whether a step adds a column, or gives one its name. */
function makesColumn(step: string, table: string, column: string): boolean {
  const [kind, of, ...names] = step.split(" ");
  return of === table && (kind === "column" ? names[0] : kind === "column-change" && names[1]) === column;
}

type TableShape = PackageShape["tables"] extends ReadonlyMap<string, infer Shape> ? Shape : never;

/** Whether two tables have most columns in common, by name and type. */
function isAlike(columns: ReadonlyMap<string, string>, table: SchemaTable): boolean {
  const common = [...table.columns].filter(([name, column]) => columns.get(name) === writtenType(column));
  return common.length >= 2 && common.length * 4 >= Math.max(columns.size, table.columns.size) * 3;
}

/** The tables that upgrades make, drop or rename, and the columns as `<table> <column>`, in lower case. */
function touchedByUpgrades(spec: PackageSpec): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { node } of spec.all("DatabaseUpgrade").flatMap(({ elements }) => elements)) {
    const statement = readStatement(node);
    if (!statement) continue;
    for (const { key } of changesOf(statement)) {
      const [kind, table = "", ...names] = key.split(" ");
      if (kind === "create" || kind === "drop") touched.add(table);
      else if (kind === "rename") for (const name of [table, ...names]) touched.add(name);
      else for (const name of names.slice(0, 2)) touched.add(`${table} ${name}`);
    }
  }
  return touched;
}
