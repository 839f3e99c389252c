import type { OtherPackages } from "../host/known-packages.ts";
import { releaseWith } from "../knowledge/join-knowledge.ts";
import { columnFact, type Knowledge, type TableFact } from "../knowledge/knowledge.ts";
import { type TypedColumn, writtenType } from "../model/column-type.ts";
import type { PackageShape } from "../model/package-shape.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import { compareStrictly } from "../model/version.ts";
import {
  bounded,
  type ColumnKey,
  type DiagramChange,
  type DiagramColumn,
  type DiagramModel,
  type DiagramReference,
  type DiagramTable,
} from "../report/diagram-model.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import { type ReleasedVersion, releasedBefore } from "../rules/shared/released-versions.ts";
import { foreignKeyName, type SchemaTable } from "../symbols/database-schema.ts";
import {
  databaseOf,
  type PackageDatabase,
  type PlacedStatement,
  placed,
} from "../symbols/package-database.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import type { Span } from "../text/span.ts";

/** One version of a package whose tables are known. */
export interface DiagramVersion {
  /** Empty for a spec that does not say it. */
  readonly version: string;
  readonly database: PackageDatabase;
}

/** What is known beside a spec. */
export interface DiagramSurroundings {
  readonly context: Pick<RuleContext, "dialect" | "knowledge">;
  readonly others: OtherPackages | undefined;
  /** Versions that are no archives; absent where nobody has looked for any. */
  readonly committed?: readonly DiagramVersion[] | undefined;
}

/** The versions of a package of which the tables can be shown, the oldest first; the last one is the spec itself. */
export function diagramVersions(
  spec: PackageSpec,
  { context, others, committed = [] }: DiagramSurroundings,
): readonly DiagramVersion[] {
  const { version = "" } = spec;
  const released = others ? releasedBefore(spec, context, others) : [];
  // What was published tells more than a commit.
  const older = versionsTogether(version, released.flatMap(versionOfArchive), committed);
  return [...older, { version, database: databaseOf(spec) }];
}

/** Versions from several places, the oldest first and each once: of the same version the first one counts. */
function versionsTogether(
  own: string,
  ...lists: readonly (readonly DiagramVersion[])[]
): readonly DiagramVersion[] {
  const found = new Map<string, DiagramVersion>();
  const limit = plainVersion(own);
  for (const each of lists.flat()) {
    const version = plainVersion(each.version);
    const isOlder = version !== undefined && (limit === undefined || compareStrictly(version, limit) < 0);
    if (isOlder && !found.has(version)) found.set(version, each);
  }
  return [...found].sort(([a], [b]) => compareStrictly(a, b)).map(([, each]) => each);
}

function versionOfArchive(released: ReleasedVersion): readonly DiagramVersion[] {
  const database = databaseOfKnown(released.known);
  return database ? [{ version: released.version, database }] : [];
}

const databaseOfKnown = memo(
  ({ sections }: ReleasedVersion["known"]): PackageDatabase | undefined =>
    sections && databaseOf(specOf(SyntaxTree.parse(sections.text()))),
);

/**
 * The tables of one version of a package, with those of others as far as it refers to them or changes them.
 *
 * @param version one of `diagramVersions`; absent, or none of them, for the spec itself
 */
export function databaseDiagram(
  spec: PackageSpec,
  surroundings: DiagramSurroundings,
  version?: string,
): DiagramModel {
  const versions = diagramVersions(spec, surroundings);
  const last = versions.length - 1;
  const found = version === undefined ? -1 : versions.findIndex((each) => each.version === version);
  const index = found < 0 ? last : found;
  const shown = versions[index]!;
  const current = versions[last]!;
  // Of an older version it is shown where the spec has the same today.
  return bounded(
    modelOf(spec.name ?? "", shown, versions[index - 1], placesIn(current.database), surroundings),
  );
}

function modelOf(
  packageName: string,
  { version, database }: DiagramVersion,
  before: DiagramVersion | undefined,
  places: ReadonlyMap<string, TablePlaces>,
  { context: { knowledge }, others }: DiagramSurroundings,
): DiagramModel {
  const made = madeTables(database);
  const beforeTables =
    before && new Map(madeTables(before.database).map(({ table }) => [keyOf(table), table]));
  const wanted = referredColumns(made.map(({ table }) => table));
  const indexes = new Map(made.map(({ table }, index) => [keyOf(table), index]));
  const tables = made.map(({ table, isOnlyUpgraded }): DiagramTable => {
    const shared = { isOnlyUpgraded, place: places.get(keyOf(table))?.span };
    const older = beforeTables?.get(keyOf(table));
    const change = beforeTables && !older ? "new" : undefined;
    // A table of others was there before, whether or not the package did something to it.
    const compared = table.complete ? older : beforeTables && (older ?? untouched);
    const own = columnsOf(table, compared, places.get(keyOf(table)), !table.complete);
    if (table.complete)
      return { ...shared, name: table.name, owner: "own", from: "", change, columns: own, moreColumns: 0 };
    const foreign = foreignTable(table.name, wanted.get(keyOf(table)) ?? new Map(), own, knowledge, others);
    // What is new in a table of others are columns.
    return { ...shared, ...foreign, change: undefined };
  });
  for (const [key, columns] of wanted) {
    if (indexes.has(key)) continue;
    indexes.set(key, tables.length);
    const [name] = columns.values();
    const foreign = foreignTable(name!.table, columns, [], knowledge, others);
    tables.push({ ...foreign, change: undefined, isOnlyUpgraded: false, place: undefined });
  }
  const references = made.flatMap(({ table }, from) => {
    const known = beforeTables?.get(keyOf(table));
    const older = known ?? (beforeTables && !table.complete ? untouched : undefined);
    return [...table.foreignKeys.values()].flatMap((foreignKey): DiagramReference[] => {
      const to = indexes.get(foreignKey.foreignTable.toLowerCase());
      if (to === undefined) return [];
      const name = foreignKeyName(foreignKey);
      const isNew = older !== undefined && !older.foreignKeys.has(name);
      return [
        {
          from,
          fromColumn: foreignKey.local,
          to,
          toColumn: foreignKey.foreign,
          change: isNew ? "new" : undefined,
          place: places.get(keyOf(table))?.foreignKeys.get(name),
        },
      ];
    });
  });
  return { packageName, version, comparedWith: before?.version, tables, references, notes: [] };
}

/** What a version did to a table that it does not touch. */
const untouched: Pick<SchemaTable, "columns" | "foreignKeys"> = {
  columns: new Map(),
  foreignKeys: new Map(),
};

interface MadeTable {
  readonly table: SchemaTable;
  readonly isOnlyUpgraded: boolean;
}

/** The tables after an installation, and behind them those that only an upgrade makes. */
function madeTables({ installed, upgraded }: PackageDatabase): readonly MadeTable[] {
  const isMade = ({ name }: SchemaTable) => name !== "";
  return [
    ...installed.tables.filter(isMade).map((table) => ({ table, isOnlyUpgraded: false })),
    ...upgraded.tables
      .filter((table) => isMade(table) && table.complete)
      .filter(({ name }) => !installed.table(name) && !installed.wasDropped(name))
      .map((table) => ({ table, isOnlyUpgraded: true })),
  ];
}

function keyOf({ name }: { readonly name: string }): string {
  return name.toLowerCase();
}

interface ReferredColumn {
  /** Both as they are written. */
  readonly table: string;
  readonly column: string;
}

/** By table and column in lower case, what references lead to. */
function referredColumns(
  tables: readonly SchemaTable[],
): ReadonlyMap<string, ReadonlyMap<string, ReferredColumn>> {
  const found = new Map<string, Map<string, ReferredColumn>>();
  for (const { foreignKeys } of tables) {
    for (const { foreignTable: table, foreign: column } of foreignKeys.values()) {
      if (table === "") continue;
      const columns = found.get(table.toLowerCase()) ?? new Map<string, ReferredColumn>();
      found.set(table.toLowerCase(), columns);
      if (!columns.has(column.toLowerCase())) columns.set(column.toLowerCase(), { table, column });
    }
  }
  return found;
}

/** The columns that a package makes in a table. */
function columnsOf(
  table: SchemaTable,
  older: Pick<SchemaTable, "columns"> | undefined,
  places: TablePlaces | undefined,
  isAdded: boolean,
): readonly DiagramColumn[] {
  const referring = new Set([...table.foreignKeys.values()].map(({ local }) => local.toLowerCase()));
  const indexed = new Map<string, Set<ColumnKey>>();
  for (const { unique, columns } of table.indexes.values()) {
    for (const { name } of columns) {
      const keys = indexed.get(name.toLowerCase()) ?? new Set();
      indexed.set(name.toLowerCase(), keys.add(unique ? "U" : "I"));
    }
  }
  return [...table.columns].map(([key, column]): DiagramColumn => {
    const keys: ColumnKey[] = [];
    if (column.primaryKey) keys.push("PK");
    if (referring.has(key)) keys.push("FK");
    for (const each of ["U", "I"] as const) if (indexed.get(key)?.has(each)) keys.push(each);
    return {
      name: column.name,
      type: typeOf(column),
      isRequired: column.required,
      keys,
      change: changeOf(column, older?.columns.get(key), older !== undefined),
      isAdded,
      place: places?.columns.get(key),
    };
  });
}

/** @param isKnown whether the table was there before */
function changeOf(
  column: TypedColumn,
  before: TypedColumn | undefined,
  isKnown: boolean,
): DiagramChange | undefined {
  if (!isKnown) return undefined;
  if (!before) return "new";
  return typeOf(before) === typeOf(column) ? undefined : "changed";
}

/** As it is written: of sizes that no VARCHAR has as well. */
function typeOf({ type, size }: TypedColumn): string {
  return size === undefined || type === "" ? writtenType({ type, size }) : `${type}(${size})`;
}

/**
 * A table that the package does not make, with the columns that matter to it.
 *
 * @param referred the columns that references lead to, by name in lower case
 * @param added those that the package adds
 */
function foreignTable(
  name: string,
  referred: ReadonlyMap<string, ReferredColumn>,
  added: readonly DiagramColumn[],
  knowledge: Knowledge,
  others: OtherPackages | undefined,
): Pick<DiagramTable, "name" | "owner" | "from" | "columns" | "moreColumns"> {
  const isAdded = new Set(added.map(keyOf));
  const known = [...referred].filter(([key]) => !isAdded.has(key)).map(([, { column }]) => column);
  const fact = knowledge.table(name);
  if (fact) {
    const columns = [...known.map((column) => frameworkColumn(fact, column)), ...added];
    const shown = columns.filter((column) => columnFact(fact, column.name)).length;
    const from = releaseWith(knowledge, (part) => part.table(name) != null) ?? "";
    return { name: fact.name, owner: "framework", from, columns, moreColumns: fact.columns.length - shown };
  }
  const makers = others?.making(name) ?? [];
  const types = makers[0]?.shape()?.tables.get(name.toLowerCase())?.columns;
  const columns = [...known.map((column) => packageColumn(types, column)), ...added];
  const shown = columns.filter((column) => types?.has(keyOf(column))).length;
  return {
    name,
    owner: makers.length > 0 ? "package" : "unknown",
    from: [...new Set(makers.map((each) => each.name))].sort().join(", "),
    columns,
    moreColumns: types && types.size - shown,
  };
}

const others = { change: undefined, isAdded: false, place: undefined } as const;

function frameworkColumn(table: TableFact, name: string): DiagramColumn {
  const fact = columnFact(table, name);
  if (!fact) return { ...others, name, type: "", isRequired: undefined, keys: [] };
  const { required, primaryKey } = fact;
  return {
    ...others,
    name: fact.name,
    type: typeOf(fact),
    isRequired: required,
    keys: primaryKey ? ["PK"] : [],
  };
}

type ColumnTypes =
  PackageShape["tables"] extends ReadonlyMap<string, infer Shape>
    ? Shape extends { readonly columns: infer Columns }
      ? Columns
      : never
    : never;

function packageColumn(types: ColumnTypes | undefined, name: string): DiagramColumn {
  return { ...others, name, type: types?.get(name.toLowerCase()) ?? "", isRequired: undefined, keys: [] };
}

/** Where a table and what is in it stand in the spec. */
interface TablePlaces {
  span: Span;
  /** By name in lower case. */
  readonly columns: Map<string, Span>;
  /** By {@link foreignKeyName}. */
  readonly foreignKeys: Map<string, Span>;
}

/** By the name of the table in lower case. Of what upgrades do as well counts what installations do. */
const placesIn = memo(({ install, upgrade }: PackageDatabase): ReadonlyMap<string, TablePlaces> => {
  const places = new Map<string, TablePlaces>(placesOf(upgrade));
  for (const [table, place] of placesOf(install)) places.set(table, place);
  return places;
});

function placesOf(statements: readonly PlacedStatement[]): ReadonlyMap<string, TablePlaces> {
  const places = new Map<string, TablePlaces>();
  for (const made of statements) {
    const { statement, element } = made;
    if (statement.kind === "insert") continue;
    const key = statement.table.toLowerCase();
    if (statement.kind === "drop") {
      places.delete(key);
      continue;
    }
    const renamed = statement.kind === "alter" ? statement.renamed : undefined;
    const before = renamed && places.get(renamed.from.toLowerCase());
    if (before) places.set(key, before);
    let table = statement.kind === "create" ? undefined : places.get(key);
    if (!table) {
      table = { span: element.span, columns: new Map(), foreignKeys: new Map() };
      places.set(key, table);
    }
    const { columns, foreignKeys } = table;
    const spanOf = (part: PlacedStatement["element"]) => placed(made, part).span;
    const tellKeys = (list: readonly ForeignKey[]) => {
      for (const { references } of list) {
        for (const reference of references) {
          const name = foreignKeyName(reference);
          if (!foreignKeys.has(name)) foreignKeys.set(name, spanOf(reference.element));
        }
      }
    };
    if (statement.kind === "create") {
      for (const column of statement.columns) columns.set(keyOf(column), spanOf(column.element));
      tellKeys(statement.foreignKeys);
      continue;
    }
    for (const change of statement.changes) {
      if (change.kind === "column-add" || change.kind === "column-change")
        columns.set(keyOf(change.column), spanOf(change.column.element));
      else if (change.kind === "foreign-key-create") tellKeys([change.foreignKey]);
    }
  }
  return places;
}

type ForeignKey = Extract<PlacedStatement["statement"], { readonly kind: "create" }>["foreignKeys"][number];
