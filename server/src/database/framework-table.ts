import { defaultDialect } from "../dialect/detect.ts";
import type { ColumnFact, TableFact } from "../knowledge/knowledge.ts";
import { memo } from "../text/memo.ts";
import { type DatabaseKind, type Engine, engines } from "./engines.ts";
import { withOwnIndex } from "./foreign-key-index.ts";
import type { NewColumn } from "./schema-change.ts";
import type { SqlLanguage } from "./sql/driver.ts";
import { driverFor } from "./sql/drivers.ts";
import { fittingName, foreignKeyName } from "./sql/names.ts";
import type { ForeignKey, Table } from "./table.ts";

/** A table of the framework as its installer makes it. The same fact gives the same object. */
export function frameworkTable(fact: TableFact, kind: DatabaseKind): Table {
  const tables = tablesOf(fact);
  let table = tables.get(kind);
  if (!table) {
    table = make(fact, kind);
    tables.set(kind, table);
  }
  return table;
}

const tablesOf = memo((_fact: TableFact) => new Map<DatabaseKind, Table>());

function make(fact: TableFact, kind: DatabaseKind): Table {
  const { foreignKeyNameLimit: limit, keyNameLimit, mostKeyBytes } = engines[kind];
  // The types of columns are the same in all releases.
  const language = driverFor(kind, { dialect: defaultDialect });
  const keyName = (name: string) => (keyNameLimit === undefined ? name : fittingName(name, keyNameLimit));
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
    columns: fact.columns.map((column) => columnOf(column, language, engines[kind])),
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
        columns:
          mostKeyBytes !== undefined ? columns : columns.map((column) => ({ ...column, size: undefined })),
      })),
    ],
    foreignKeys: [...foreignKeys.values()],
    rows: undefined,
    nextNumber: 1,
  };
  return made.foreignKeys.reduce((table, key) => withOwnIndex(kind, table, key), made);
}

function columnOf(fact: ColumnFact, language: SqlLanguage, engine: Engine): NewColumn {
  const { hasSerialTypes, emptyTextIsNull } = engine;
  const { name, required, autoIncrement } = fact;
  const type =
    autoIncrement && hasSerialTypes
      ? fact.type === "BIGINT"
        ? "bigserial"
        : "serial"
      : language.translateType(fact.type, fact.size);
  const isNumeric = language.numericType.test(type);
  // Where an empty text is NULL, a false default of a text is left out, and the column can stay empty.
  const isLost = emptyTextIsNull && !isNumeric && (fact.default === "" || fact.default === "0");
  const text = isLost ? undefined : fact.default;
  const value = text === undefined || isNumeric ? text : `'${text}'`;
  return { name, type, nullable: !required || isLost, default: value, autoIncrement };
}
