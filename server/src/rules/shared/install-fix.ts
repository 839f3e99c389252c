import type { Schema } from "../../dialect/schema.ts";
import { writtenType } from "../../model/column-type.ts";
import type { ColumnDefinition, IndexDefinition, TableChange } from "../../model/database-statement.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { foreignKeyName, type SchemaForeignKey, type SchemaTable } from "../../symbols/database-schema.ts";
import {
  databaseOf,
  isConditional,
  type PackageDatabase,
  type PlacedStatement,
  placed,
} from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeXml } from "../../text/escape.ts";
import { memo } from "../../text/memo.ts";
import type { Fix } from "../rule.ts";
import type { ChangedName } from "./changed-names.ts";
import { fillValue } from "./fill-value.ts";
import { attributeInsertion, attributeRemoval, replacement } from "./fixes.ts";
import { type Block, besides, blockAround, inDatabaseSection, isInRoot, runs } from "./section-place.ts";

/** What a table can have more. */
type TablePart =
  | { readonly kind: "column"; readonly column: ColumnDefinition }
  | { readonly kind: "index"; readonly index: IndexDefinition }
  | {
      readonly kind: "key";
      readonly key: {
        readonly table: string;
        readonly references: readonly { readonly local: string; readonly foreign: string }[];
      };
    };

/** Creates a table in `DatabaseInstall` as upgrades leave it; nothing where something in it has no name. */
export function creationFixes(spec: PackageSpec, table: SchemaTable, schema: Schema): readonly Fix[] {
  const made = makersOf(databaseOf(spec).upgrade).tables.get(table.name.toLowerCase())?.statement;
  if (made?.kind !== "create" || made.indexes.some(({ name }) => name === "")) return [];
  const edit = inDatabaseSection(spec, "DatabaseInstall", [creationOf(table, schema)]);
  const title = "Create table {table} in DatabaseInstall as well";
  return edit ? [{ title, arguments: { table: table.name }, edits: [edit] }] : [];
}

/** Creates a table of `DatabaseInstall` in upgrades to a version, too; nothing where something in it has no name. */
export function tableUpgradeFixes(
  spec: PackageSpec,
  table: SchemaTable,
  version: string,
  schema: Schema,
): readonly Fix[] {
  const made = makersOf(databaseOf(spec).install).tables.get(table.name.toLowerCase())?.statement;
  if (made?.kind !== "create" || made.indexes.some(({ name }) => name === "")) return [];
  const edit = inDatabaseSection(spec, "DatabaseUpgrade", [creationOf(table, schema, version)]);
  const title = "Create table {table} in upgrades to {version} as well";
  return edit ? [{ title, arguments: { table: table.name, version }, edits: [edit] }] : [];
}

/** Adds a column of `DatabaseInstall` in upgrades to a version, too. */
export function columnUpgradeFixes(
  spec: PackageSpec,
  table: string,
  column: ColumnDefinition,
  version: string,
  schema: Schema,
): readonly Fix[] {
  const edit = alteration(spec, table, { kind: "column", column }, schema, version);
  const title = "Add column {name} in upgrades to {version} as well";
  return edit ? [{ title, arguments: { name: column.name, version }, edits: [edit] }] : [];
}

/** Gives a table or a column its new name in upgrades to a version. */
export function renamingUpgradeFixes(
  spec: PackageSpec,
  { table, column, from, to }: ChangedName,
  version: string,
  schema: Schema,
): readonly Fix[] {
  const names = ` NameOld="${escapeXml(from)}" NameNew="${escapeXml(to)}"`;
  const block = column
    ? blockAround(
        `<TableAlter Name="${escapeXml(table)}"${gateText(version)}>`,
        [[`<ColumnChange${names}${attributesFor("ColumnChange", column, schema)}/>`]],
        "TableAlter",
      )
    : [`<TableAlter${names}${gateText(version)}/>`];
  const edit = inDatabaseSection(spec, "DatabaseUpgrade", [block]);
  const title = "Rename “{from}” to “{to}” in upgrades to {version}";
  return edit ? [{ title, arguments: { from, to, version }, edits: [edit], asks: true }] : [];
}

/** The attributes of a column but for its name, as far as a change of one has them. */
function attributesFor(name: string, column: Element, schema: Schema): string {
  return column.attributes
    .filter((attribute) => !["Name", "PrimaryKey", "AutoIncrement"].includes(attribute.name))
    .filter((attribute) => schema.attribute(name, attribute.name))
    .map((attribute) => ` ${attribute.name}="${escapeXml(attribute.value)}"`)
    .join("");
}

/** Makes an index of `DatabaseInstall` in upgrades to a version, too. */
export function indexUpgradeFixes(
  spec: PackageSpec,
  table: string,
  index: IndexDefinition,
  version: string,
  schema: Schema,
): readonly Fix[] {
  const edit = alteration(spec, table, { kind: "index", index }, schema, version);
  const title = "Add index {name} in upgrades to {version} as well";
  return edit ? [{ title, arguments: { name: index.name, version }, edits: [edit] }] : [];
}

/** Makes a foreign key of `DatabaseInstall` in upgrades to a version, too. */
export function keyUpgradeFixes(
  spec: PackageSpec,
  table: string,
  reference: SchemaForeignKey,
  version: string,
  schema: Schema,
): readonly Fix[] {
  const key = { table: reference.foreignTable, references: [reference] };
  const edit = alteration(spec, table, { kind: "key", key }, schema, version);
  const title = "Add the foreign key to {name} in upgrades to {version} as well";
  return edit ? [{ title, arguments: { name: key.table, version }, edits: [edit] }] : [];
}

/**
 * Adds to a table that is there: in the last statement about it where that changes it in the same runs, or else in one behind
 * all others. Undefined where there is no place for it.
 *
 * @param version from below which upgrades make it; absent for an installation
 */
function alteration(
  spec: PackageSpec,
  table: string,
  part: TablePart,
  schema: Schema,
  version?: string,
): TextEdit | undefined {
  const change = blockOf(part, "change", schema);
  const [family, phase] =
    version === undefined
      ? (["DatabaseInstall", "install"] as const)
      : (["DatabaseUpgrade", "upgrade"] as const);
  const key = table.toLowerCase();
  const last = databaseOf(spec)[phase].findLast(({ statement }) => statement.table.toLowerCase() === key);
  const inside = last?.element.elements.at(-1);
  // What a key refers to may be made behind it.
  if (last && inside && part.kind !== "key" && isPlainChange(last, version))
    return besides(spec, inside, [change], "behind");
  const start = `<TableAlter Name="${escapeXml(table)}"${gateText(version)}>`;
  return inDatabaseSection(spec, family, [blockAround(start, [change], "TableAlter")]);
}

/** Whether a statement changes a table whenever an installation, or an upgrade from below a version, runs, and does no more. */
function isPlainChange(placed: PlacedStatement, version: string | undefined): boolean {
  const { statement, element } = placed;
  return (
    statement.kind === "alter" &&
    element.attributes.every(({ name }) => name === "Name" || name === "Version") &&
    element.value("Version") === version &&
    element.closing === "end-tag" &&
    isInRoot(placed) &&
    runs(placed) &&
    !isConditional(placed)
  );
}

function gateText(version: string | undefined): string {
  return version === undefined ? "" : ` Version="${escapeXml(version)}"`;
}

/** @param version from below which upgrades make it; absent for an installation */
function creationOf(table: SchemaTable, schema: Schema, version?: string): Block {
  const parts: TablePart[] = [
    ...[...table.columns.values()].map((column) => ({ kind: "column", column }) as const),
    ...[...table.indexes.values()].map((index) => ({ kind: "index", index }) as const),
    ...[...table.foreignKeys.values()].map(
      (reference) =>
        ({ kind: "key", key: { table: reference.foreignTable, references: [reference] } }) as const,
    ),
  ];
  const blocks = parts.map((part) => blockOf(part, "creation", schema));
  const start = `<TableCreate Name="${escapeXml(table.name)}"${gateText(version)}>`;
  return blockAround(start, blocks, "TableCreate");
}

/** Makes what an upgrade changes in a table part of a fresh installation; nothing where that would take something away. */
export function additionFixes(
  change: TableChange,
  variant: string | undefined,
  spec: PackageSpec,
  table: string,
  schema: Schema,
): readonly Fix[] {
  const database = databaseOf(spec);
  const fix = (title: string, name: string, part: TablePart): readonly Fix[] => {
    const edit = additionToInstall(spec, table, part, schema);
    return edit ? [{ title, arguments: { name, table }, edits: [edit] }] : [];
  };
  switch (change.kind) {
    case "column-add":
    case "column-change": {
      const { column } = change;
      if (variant === "column-type") return retyping(database, table, column);
      const added = fix("Add column {name} in DatabaseInstall as well", column.name, {
        kind: "column",
        column,
      });
      // A new name that no fresh installation has may be a slip in the upgrade.
      return change.kind === "column-add" ? added : added.map((each) => ({ ...each, asks: true as const }));
    }
    case "index-create": {
      const { index } = change;
      return fix("Add index {name} in DatabaseInstall as well", index.name, { kind: "index", index });
    }
    case "foreign-key-create": {
      const installed = database.installed.table(table)?.foreignKeys;
      const references = change.foreignKey.references.filter((each) => !installed?.has(foreignKeyName(each)));
      const key = { table: change.foreignKey.table, references };
      return fix("Add the foreign key to {name} in DatabaseInstall as well", key.table, { kind: "key", key });
    }
    default:
      return [];
  }
}

/** Gives a column the type of another one where the installation makes it. */
function retyping(database: PackageDatabase, table: string, column: ColumnDefinition): readonly Fix[] {
  const fresh = database.installed.table(table)?.columns.get(column.name.toLowerCase());
  const statement = fresh && makersOf(database.install).columns.get(fresh);
  if (!fresh || !statement) return [];
  const element = placed(statement, fresh.element);
  const edits = ["Type", "Size"].flatMap((name) => {
    const [own, other] = [element.attribute(name), column.element.value(name)];
    if (own?.value === other) return [];
    if (other === undefined) return attributeRemoval(element, own!).edits;
    return own ? replacement(own.valueSpan, other).edits : attributeInsertion(element, name, other).edits;
  });
  return [
    { title: "Make it {type} in DatabaseInstall as well", arguments: { type: writtenType(column) }, edits },
  ];
}

/** The statements that make tables, by name in lower case, and those that make columns. */
const makersOf = memo((statements: readonly PlacedStatement[]) => {
  const tables = new Map<string, PlacedStatement>();
  const columns = new Map<ColumnDefinition, PlacedStatement>();
  for (const placed of statements) {
    const { statement } = placed;
    if (statement.kind === "create") {
      tables.set(statement.table.toLowerCase(), placed);
      for (const column of statement.columns) columns.set(column, placed);
    } else if (statement.kind === "alter") {
      for (const change of statement.changes) {
        if ("column" in change) columns.set(change.column, placed);
      }
    }
  }
  return { tables, columns };
});

/**
 * Adds to what `DatabaseInstall` makes of a table: where it creates the table, or by a change of one that the framework
 * has. Undefined where there is no place for it.
 */
function additionToInstall(
  spec: PackageSpec,
  table: string,
  part: TablePart,
  schema: Schema,
): TextEdit | undefined {
  const creation = makersOf(databaseOf(spec).install).tables.get(table.toLowerCase());
  if (!creation) return alteration(spec, table, part, schema);
  const { element } = creation;
  // Columns that are missing as well come first.
  const installed = databaseOf(spec).installed.table(table);
  if (!columnsOf(part).every((name) => installed?.columns.has(name.toLowerCase()))) return undefined;
  const before = part.kind === "column" ? element.childrenNamed("Column").at(-1) : element.elements.at(-1);
  if (!before || !isInRoot(creation)) return undefined;
  return besides(spec, before, [blockOf(part, "creation", schema)], "behind");
}

/** The columns that a part needs. */
function columnsOf(part: TablePart): readonly string[] {
  switch (part.kind) {
    case "column":
      return [];
    case "index":
      return part.index.columns.map(({ name }) => name);
    case "key":
      return part.key.references.map(({ local }) => local);
  }
}

function blockOf(part: TablePart, place: "creation" | "change", schema: Schema): Block {
  const suffix = place === "creation" ? "" : "Create";
  switch (part.kind) {
    case "column":
      return [columnText(part.column, place === "creation" ? "Column" : "ColumnAdd", schema)];
    case "index": {
      const { name, unique, columns } = part.index;
      const kind = unique ? "Unique" : "Index";
      const inside = columns.map(({ name: column, size }) => [
        `<${kind}Column Name="${escapeXml(column)}"${size === undefined ? "" : ` Size="${escapeXml(size)}"`}/>`,
      ]);
      return blockAround(`<${kind}${suffix} Name="${escapeXml(name)}">`, inside, `${kind}${suffix}`);
    }
    case "key": {
      const { table, references } = part.key;
      const inside = references.map(({ local, foreign }) => [
        `<Reference Local="${escapeXml(local)}" Foreign="${escapeXml(foreign)}"/>`,
      ]);
      const name = `ForeignKey${suffix}`;
      return blockAround(`<${name} ForeignTable="${escapeXml(table)}">`, inside, name);
    }
  }
}

/** A column as it is written elsewhere. What only counts where a table is created is left out where it had no effect. */
function columnText(column: ColumnDefinition, name: "Column" | "ColumnAdd", schema: Schema): string {
  const { element } = column;
  const attributes = element.attributes.flatMap((attribute) => {
    if (attribute.name === "NameOld") return [];
    const own = attribute.name === "NameNew" ? "Name" : attribute.name;
    const isKey = own === "PrimaryKey" || own === "AutoIncrement";
    if (!schema.attribute(name, own) || (isKey && element.name !== "Column")) return [];
    return [` ${own}="${escapeXml(attribute.value)}"`];
  });
  // What is added to a table may find rows in it.
  const value = name === "ColumnAdd" ? fillValue(column) : undefined;
  const filled = value === undefined ? "" : ` Default="${value}"`;
  return `<${name}${attributes.join("")}${filled}/>`;
}
