import { defaultDialect } from "../dialect/detect.ts";
import type { ColumnFact, TableFact } from "../knowledge/knowledge.ts";
import type { DatabaseKind } from "./database-kind.ts";
import { withOwnIndex } from "./foreign-key-index.ts";
import type { NewColumn } from "./schema-change.ts";
import { mysqlDriver } from "./sql/mysql.ts";
import { fittingName, foreignKeyName } from "./sql/names.ts";
import { oracleDriver } from "./sql/oracle.ts";
import { postgresqlDriver } from "./sql/postgresql.ts";
import type { ForeignKey, Table } from "./table.ts";

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
  mysql: mysqlDriver({ dialect: defaultDialect }),
  postgresql: postgresqlDriver(),
  oracle: oracleDriver({ dialect: defaultDialect }),
};

function make(fact: TableFact, kind: DatabaseKind): Table {
  const limit = kind === "oracle" ? 30 : 60;
  const keyName = (name: string) => (kind === "oracle" ? fittingName(name, 30) : name);
  const foreignKeys = new Map<string, ForeignKey>();
  for (const { table, references } of fact.foreignKeys) {
    for (const { local, foreign } of references) {
      const name = fittingName(foreignKeyName(fact.name, local, foreign), limit);
      // A guard passes over a second one of the same name.
      if (!foreignKeys.has(name))
        foreignKeys.set(name, { name, column: local, foreignTable: table, foreignColumn: foreign });
    }
  }
  const made: Table = {
    name: fact.name,
    origin: "framework",
    columns: fact.columns.map((column) => columnOf(column, kind)),
    primaryKey: fact.columns.findLast((column) => column.primaryKey)?.name,
    keys: [
      ...fact.uniques.map(({ name, columns }) => ({
        name: keyName(name ?? `${fact.name}_U_0`),
        unique: true,
        columns: columns.map((column) => ({ name: column, size: undefined })),
      })),
      ...fact.indexes.map(({ name, columns }) => ({
        name: keyName(name),
        unique: false,
        columns: kind === "mysql" ? columns : columns.map((column) => ({ ...column, size: undefined })),
      })),
    ],
    foreignKeys: [...foreignKeys.values()],
    rows: undefined,
    nextNumber: 1,
  };
  return made.foreignKeys.reduce((table, key) => withOwnIndex(kind, table, key), made);
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
  const isNumeric = language.numericType.test(type);
  // An empty text is NULL for Oracle, so a false default of a text is left out, and the column can stay empty.
  const isLost = kind === "oracle" && !isNumeric && (fact.default === "" || fact.default === "0");
  const text = isLost ? undefined : fact.default;
  const value = text === undefined || isNumeric ? text : `'${text}'`;
  return { name, type, nullable: !required || isLost, default: value, autoIncrement };
}
