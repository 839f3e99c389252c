import type { ColumnFact, TableFact } from "../knowledge/knowledge.ts";
import type { DatabaseKind } from "./database-kind.ts";
import type { NewColumn } from "./schema-change.ts";
import { mysqlDriver } from "./sql/mysql.ts";
import { fittingName, foreignKeyName } from "./sql/names.ts";
import { oracleDriver } from "./sql/oracle.ts";
import { postgresqlDriver } from "./sql/postgresql.ts";
import type { Table } from "./table.ts";

/** A table of the framework as its installer makes it. The same fact gives the same object. */
export function frameworkTable(fact: TableFact, kind: DatabaseKind): Table {
  let tables = known.get(fact);
  if (!tables) {
    tables = new Map();
    known.set(fact, tables);
  }
  let table = tables.get(kind);
  if (!table) {
    table = make(fact, kind);
    tables.set(kind, table);
  }
  return table;
}

const known = new WeakMap<TableFact, Map<DatabaseKind, Table>>();

// The types of columns are the same in all dialects.
const languages = {
  mysql: mysqlDriver("znuny-7"),
  postgresql: postgresqlDriver(),
  oracle: oracleDriver("znuny-7"),
};

function make(fact: TableFact, kind: DatabaseKind): Table {
  const limit = kind === "oracle" ? 30 : 60;
  return {
    name: fact.name,
    origin: "framework",
    columns: fact.columns.map((column) => columnOf(column, kind)),
    primaryKey: fact.columns.findLast((column) => column.primaryKey)?.name,
    keys: [
      ...fact.indexes.map(({ name, columns }) => ({ name, unique: false, columns })),
      ...fact.uniques.map(({ name, columns }) => ({
        name: name ?? `${fact.name}_U_0`,
        unique: true,
        columns: columns.map((column) => ({ name: column, size: undefined })),
      })),
    ],
    foreignKeys: fact.foreignKeys.flatMap(({ table, references }) =>
      references.map(({ local, foreign }) => ({
        name: fittingName(foreignKeyName(fact.name, local, foreign), limit),
        column: local,
        foreignTable: table,
        foreignColumn: foreign,
      })),
    ),
    rows: undefined,
    nextNumber: 1,
  };
}

function columnOf(fact: ColumnFact, kind: DatabaseKind): NewColumn {
  const language = languages[kind];
  const { name, required, autoIncrement } = fact;
  const type =
    autoIncrement && kind === "postgresql"
      ? fact.type === "BIGINT"
        ? "bigserial"
        : "serial"
      : language.translateType(fact.type, fact.size);
  const text = fact.default;
  const value =
    text === undefined ? undefined : language.numericType.test(type) ? text : `'${language.escape(text)}'`;
  return { name, type, nullable: !required, default: value, autoIncrement };
}
