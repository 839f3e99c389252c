import type { Switches } from "../../dialect/switches.ts";
import type { BrokenStatement, NewColumn, NewKey } from "../schema-change.ts";
import { becomesPrimaryKey, type Column, defaultProblem, leadingNumber, newColumn } from "./column.ts";
import {
  type AlteredTable,
  type DraftStatement,
  type ForeignKeyDraft,
  type GuardedChange,
  type KeyDraft,
  type Report,
  type SqlDriver,
  type SqlLanguage,
  statement,
  type TableBody,
  type TableDraft,
  type WithoutGuard,
  withGuard,
} from "./driver.ts";
import { createNamedKey } from "./keys.ts";
import { fittingName, foreignKeyName } from "./names.ts";
import { firstNameProblem, nameProblem } from "./problems.ts";

/**
 * PostgreSQL. A guard looks in the whole database, and the text inside one is read before its condition is tried.
 *
 * @source Znuny 7.1 and OTOBO 11, the driver postgresql
 */
export function postgresqlDriver(switches: Switches): SqlDriver {
  return {
    ...language,
    replacesLongCharacters: false,
    tableBody: (table, report) => tableBody(table, switches, report),
    dropTable: (table) => [
      statement(
        `DROP TABLE ${table}`,
        { kind: "drop-table", table, ifExists: false, cascade: false },
        nameProblem(table, language),
      ),
    ],
    renameTable: (from, to, prefix) => renameTable(from, to, prefix, switches),
    addColumn: (target, column) => addColumn(target, column, switches),
    changeColumn: (target, from, column) => changeColumn(target, from, column, switches),
    dropColumn: ({ table, prefix }, name) => [
      statement(
        `${prefix} DROP ${name}`,
        { kind: "drop-column", table, column: name },
        firstNameProblem([table, name], language),
      ),
    ],
    createKey: (table, key) => createKey(table, key, switches),
    dropKey: (table, name, unique) => dropKey(table, name, unique, switches),
    createForeignKey: (key) => createForeignKey(key, switches),
    dropForeignKey: (key) => dropForeignKey(key, switches),
  };
}

const language: SqlLanguage = {
  tableText: (table) => table,
  tableProblem: (table) => nameProblem(table, language),
  translateType(type, size = "") {
    switch (type.toUpperCase()) {
      case "DATE":
        return "timestamp(0)";
      case "LONGBLOB":
        return "TEXT";
      case "VARCHAR":
        return leadingNumber(size) >= 10000 ? "VARCHAR" : `VARCHAR (${size})`;
      case "DECIMAL":
        return `DECIMAL (${size})`;
      default:
        return type;
    }
  },
  numericType: /int/i,
  knownTypes: new Set(
    (
      "bigint bigserial bit bool boolean box bytea char character cidr circle date dec decimal double float float4 " +
      "float8 inet int int2 int4 int8 integer interval json jsonb line lseg macaddr money name national nchar numeric " +
      "oid path point polygon real serial serial4 serial8 smallint smallserial text time timestamp timestamptz timetz " +
      "tsquery tsvector uuid varbit varchar xml"
    ).split(" "),
  ),
  foreignTypeWords: /\b(?:unsigned|signed|zerofill)\b/i,
  quotedName: /^".*"$/s,
  reserving: ["PostgreSQL"],
  nameLimit: undefined,
  escape: (text) => text.replace(/'/g, "''"),
  unescape: (text) => (text.replaceAll("''", "").includes("'") ? undefined : text.replaceAll("''", "'")),
  omitsAutoIncrement: true,
  acceptsEmptyRow: false,
};

function tableBody(table: TableDraft, switches: Switches, report: Report): TableBody {
  const { name, uniques, indexes } = table;
  const primary = table.columns.findLast((column) => column.primaryKey);
  // The text of such a column is assigned where those of others are appended.
  const lost = switches.postgresqlSerialWipes
    ? Math.max(
        0,
        table.columns.findLastIndex((column) => column.autoIncrement),
      )
    : 0;
  const columns = table.columns.slice(lost);
  const problems = [
    nameProblem(name, language),
    // An empty default followed by NULL is one of NULL.
    ...columns.map(
      (column) => column.problem ?? counterProblem(column) ?? defaultProblem(column, !column.required),
    ),
    ...uniques.map(keyProblem),
  ];
  return {
    lines: [
      ...columns.map((column) => {
        const text = column.default === undefined ? "" : ` DEFAULT ${column.default}`;
        const { tag } = column;
        return {
          text: `${column.name} ${typeOf(column)}${text}${column.required ? " NOT NULL" : " NULL"}`,
          tag,
        };
      }),
      ...(primary ? [{ text: `PRIMARY KEY(${primary.name})`, tag: primary.tag }] : []),
      ...uniques.map((key) => ({
        text: `CONSTRAINT ${key.name} UNIQUE (${columnList(key)})`,
        tag: key.tag,
      })),
    ],
    columns: columns.map((column) => newColumn(column, !column.required, { type: typeOf(column) })),
    lostColumns: table.columns.slice(0, lost).map((column) => column.name),
    primaryKey: primary?.name,
    keys: uniques.map(newKey),
    problem: problems.find((problem) => problem !== undefined),
    following: indexes.flatMap((key) =>
      createNamedKey(name, key, (...of) => createKey(...of, switches), report),
    ),
  };
}

/** Also a SMALLINT becomes a `serial`. */
function typeOf({ type, autoIncrement }: Column): string {
  if (!autoIncrement) return type;
  return type.toLowerCase() === "bigint" ? "bigserial" : "serial";
}

/** A `serial` is NOT NULL and has a default of its own. */
function counterProblem({
  name,
  autoIncrement,
  required,
  default: text,
}: Column): BrokenStatement | undefined {
  if (!autoIncrement || (required && text === undefined)) return undefined;
  return { id: "conflicting-definition", column: name };
}

function columnList({ columns }: NewKey): string {
  return columns.map(({ name }) => name).join(", ");
}

function newKey({ name, unique, columns }: NewKey): NewKey {
  return { name, unique, columns: columns.map((column) => ({ ...column, size: undefined })) };
}

function keyProblem({ name, columns }: NewKey): BrokenStatement | undefined {
  if (columns.length === 0) return { id: "no-columns" };
  return firstNameProblem([name, ...columns.map((column) => column.name)], language);
}

/** The sequence of a column `id` is renamed with the table; those of other columns are not. */
function renameTable(
  from: string,
  to: string,
  prefix: string,
  { postgresqlRenamesSequence }: Switches,
): readonly DraftStatement[] {
  const renamed = statement(
    `${prefix}ALTER TABLE ${from} RENAME TO ${to}`,
    { kind: "rename-table", from, to },
    firstNameProblem([from, to], language),
  );
  if (!postgresqlRenamesSequence) return [renamed];
  return [
    renamed,
    statement(
      `${prefix}DO $$
BEGIN
IF EXISTS (
    SELECT 1
    FROM pg_class
    WHERE relkind = 'S' and relname = '${from}_id_seq'
    ) THEN
    ALTER SEQUENCE ${from}_id_seq RENAME TO ${to}_id_seq;
    END IF;
END$$;
`,
      { kind: "auxiliary" },
    ),
  ];
}

function addColumn(
  { table, prefix }: AlteredTable,
  column: Column,
  switches: Switches,
): readonly DraftStatement[] {
  const { name } = column;
  const problem = nameProblem(table, language) ?? column.problem;
  const add = (end: string, added: NewColumn) =>
    statement(
      `${prefix} ADD ${name} ${typeOf(column)}${end}`,
      { kind: "add-column", table, column: added },
      problem,
    );
  if (column.autoIncrement) {
    const added = add(" NOT NULL", newColumn(column, false, { type: typeOf(column), default: undefined }));
    if (!becomesPrimaryKey(column, switches)) return [added];
    const key = { kind: "add-primary-key", table, name: undefined, column: name } as const;
    return [added, statement(`${prefix} ADD PRIMARY KEY(${name})`, key, problem)];
  }
  return [add(" NULL", newColumn(column, true, { default: undefined })), ...fillAndDefine(table, column)];
}

/** Either an existing default or NOT NULL stays, as the release has it. @param from undefined or the same name where it stays */
function changeColumn(
  { table, prefix }: AlteredTable,
  from: string,
  column: Column,
  { columnChangeDropsDefault }: Switches,
): readonly DraftStatement[] {
  const { name, type } = column;
  const problem = nameProblem(table, language) ?? column.problem;
  const statements: DraftStatement[] = [];
  if (from !== name) {
    // Without an old name the statement renames the table, and PostgreSQL does so.
    const isOfTable = from.trim() === "";
    statements.push(
      statement(
        `${prefix} RENAME ${from} TO ${name}`,
        isOfTable
          ? { kind: "rename-table", from: table, to: name }
          : { kind: "rename-column", table, from, to: name },
        firstNameProblem(isOfTable ? [table, name] : [table, from, name], language),
      ),
    );
  }
  statements.push(
    statement(
      `${prefix} ALTER ${name} TYPE ${type}`,
      { kind: "alter-column", table, column: name, type },
      problem,
    ),
  );
  // What else is asked for is left out then.
  if (column.autoIncrement) return statements;
  statements.push(
    columnChangeDropsDefault
      ? alter(table, column, "DROP DEFAULT", { default: null })
      : alter(table, column, "DROP NOT NULL", { nullable: true }),
  );
  return [...statements, ...fillAndDefine(table, column)];
}

function fillAndDefine(table: string, column: Column): readonly DraftStatement[] {
  const { name, filling, fillingProblem, required } = column;
  if (!required && column.default === undefined) return [];
  const statements = [
    statement(
      `UPDATE ${table} SET ${name} = ${filling.sql} WHERE ${name} IS NULL`,
      { kind: "fill-column", table, column: name, value: filling },
      firstNameProblem([table, name], language) ?? fillingProblem,
    ),
  ];
  if (column.default !== undefined) {
    const text = newColumn(column, true).default ?? null;
    statements.push(
      alter(table, column, `SET DEFAULT ${column.default}`, { default: text }, defaultProblem(column, false)),
    );
  }
  if (required) statements.push(alter(table, column, "SET NOT NULL", { nullable: false }));
  return statements;
}

function alter(
  table: string,
  { name }: Column,
  what: string,
  changes: { readonly default?: string | null; readonly nullable?: boolean },
  problem?: BrokenStatement,
): DraftStatement {
  return statement(
    `ALTER TABLE ${table} ALTER ${name} ${what}`,
    { kind: "alter-column", table, column: name, ...changes },
    firstNameProblem([table, name], language) ?? problem,
  );
}

function createKey(table: string, key: KeyDraft, switches: Switches): readonly DraftStatement[] {
  const sql = key.unique
    ? `ALTER TABLE ${table} ADD CONSTRAINT ${key.name} UNIQUE (${columnList(key)})`
    : `CREATE INDEX ${key.name} ON ${table} (${columnList(key)})`;
  return keyStatement(switches, "IF NOT EXISTS", key.unique ? "constraint" : "index", {
    ...{ name: key.name, sql },
    change: { kind: "add-key", table, key: newKey(key) },
    problem: nameProblem(table, language) ?? keyProblem(key),
  });
}

function dropKey(
  table: string,
  name: string,
  unique: boolean,
  switches: Switches,
): readonly DraftStatement[] {
  const sql = unique ? `ALTER TABLE ${table} DROP CONSTRAINT ${name}` : `DROP INDEX ${name}`;
  return keyStatement(switches, "IF EXISTS", unique ? "constraint" : "index", {
    ...{ name, sql },
    change: { kind: "drop-key", table: unique ? table : undefined, name, unique },
    problem: firstNameProblem(unique ? [table, name] : [name], language),
  });
}

function createForeignKey(key: ForeignKeyDraft, switches: Switches): readonly DraftStatement[] {
  const { table, column, foreignTable, foreignColumn } = key;
  const name = nameOf(key);
  return keyStatement(switches, "IF NOT EXISTS", "constraint", {
    name,
    sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${foreignTable} (${foreignColumn})`,
    change: { kind: "add-foreign-key", ...key, name },
    problem: firstNameProblem([table, column, foreignTable, foreignColumn], language),
  });
}

function dropForeignKey(key: ForeignKeyDraft, switches: Switches): readonly DraftStatement[] {
  const { table } = key;
  const name = nameOf(key);
  return keyStatement(switches, "IF EXISTS", "constraint", {
    ...{ name, sql: `ALTER TABLE ${table} DROP CONSTRAINT ${name}` },
    change: { kind: "drop-foreign-key", table, name },
    problem: nameProblem(table, language),
  });
}

function nameOf({ table, column, foreignColumn }: ForeignKeyDraft): string {
  return fittingName(foreignKeyName(table, column, foreignColumn), 60);
}

interface KeyStatement {
  readonly name: string;
  readonly sql: string;
  readonly change: WithoutGuard<GuardedChange>;
  readonly problem: BrokenStatement | undefined;
}

/** A statement about a key, behind a guard where the release has them. */
function keyStatement(
  { guardsKeys }: Switches,
  condition: "IF EXISTS" | "IF NOT EXISTS",
  what: "index" | "constraint",
  { name, sql, change, problem }: KeyStatement,
): readonly DraftStatement[] {
  return guardsKeys
    ? [statement(guarded(condition, what, name, sql), withGuard(change, "skip"), problem)]
    : [statement(sql, withGuard(change, "none"), problem)];
}

function guarded(
  condition: "IF EXISTS" | "IF NOT EXISTS",
  what: "index" | "constraint",
  name: string,
  sql: string,
): string {
  const [catalog, column] = what === "index" ? ["pg_indexes", "indexname"] : ["pg_constraint", "conname"];
  return `DO $$
BEGIN
${condition} (
    SELECT 1
    FROM ${catalog}
    WHERE LOWER(${column}) = LOWER('${name}')
    ) THEN
    ${sql};
END IF;
END$$;
`;
}
