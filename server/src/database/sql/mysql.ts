import { type FrameworkRelease, switchesOf } from "../../dialect/switches.ts";
import type { BrokenStatement, NewKey, SchemaChange } from "../schema-change.ts";
import { type Column, defaultProblem, leadingNumber, newColumn, saysTrue } from "./column.ts";
import {
  type AlteredTable,
  type DraftStatement,
  type ForeignKeyDraft,
  type KeyDraft,
  type SqlDriver,
  type SqlLanguage,
  statement,
  type TableBody,
  type TableDraft,
} from "./driver.ts";
import { fittingName, foreignKeyName } from "./names.ts";
import { firstNameProblem, nameProblem } from "./problems.ts";

/**
 * MySQL and MariaDB.
 *
 * @source Znuny 7.1 and OTOBO 11, the driver mysql
 */
export function mysqlDriver(release: FrameworkRelease): SqlDriver {
  const switches = switchesOf(release);
  const language = switches.mysqlQuotesTables ? quotingLanguage : plainLanguage;
  const { tableText } = language;
  const countsAdded = switches.mysqlColumnAddCounts;
  const change: ChangeForm = {
    counts: switches.mysqlColumnChangeCounts,
    knowsNoDefault: switches.mysqlNoDefault,
  };
  return {
    ...language,
    tableBody: (table) => tableBody(language, table),
    dropTable: (table) => [
      statement(
        `DROP TABLE IF EXISTS ${tableText(table)}`,
        { kind: "drop-table", table, ifExists: true, cascade: false },
        language.tableProblem(table),
      ),
    ],
    renameTable: (from, to, prefix) => [
      statement(
        `${prefix}ALTER TABLE ${tableText(from)} RENAME ${tableText(to)}`,
        { kind: "rename-table", from, to },
        language.tableProblem(from) ?? language.tableProblem(to),
      ),
    ],
    addColumn: (target, column) => addColumn(language, target, column, countsAdded),
    changeColumn: (target, from, column) => changeColumn(language, target, from, column, change),
    dropColumn: ({ table, prefix }, name) => [
      statement(
        `${prefix} DROP ${name}`,
        { kind: "drop-column", table, column: name },
        language.tableProblem(table) ?? nameProblem(name, language),
      ),
    ],
    createKey: (table, key) => createKey(language, table, key),
    dropKey: (table, name, unique) => dropKey(language, table, name, unique),
    createForeignKey: (key) => createForeignKey(language, key),
    dropForeignKey: (key) => dropForeignKey(language, key),
  };
}

/** What a release does when a column is changed. */
interface ChangeForm {
  readonly counts: boolean;
  readonly knowsNoDefault: boolean;
}

const plainLanguage: SqlLanguage = {
  tableText: (table) => table,
  tableProblem: (table) => nameProblem(table, plainLanguage),
  translateType(type, size = "") {
    switch (type.toUpperCase()) {
      case "DATE":
        return "DATETIME";
      case "VARCHAR": {
        const characters = leadingNumber(size);
        if (characters > 16777215) return "LONGTEXT";
        if (characters > 65535) return "MEDIUMTEXT";
        return characters > 255 ? "TEXT" : `VARCHAR (${size})`;
      }
      case "DECIMAL":
        return `DECIMAL (${size})`;
      default:
        return type;
    }
  },
  numericType: /int/i,
  knownTypes: new Set(
    (
      "bigint binary bit blob bool boolean char character date datetime dec decimal double enum fixed float geometry " +
      "int integer json long longblob longtext mediumblob mediumint mediumtext national nchar numeric nvarchar real " +
      "serial set smallint text time timestamp tinyblob tinyint tinytext uuid varbinary varchar year"
    ).split(" "),
  ),
  reserving: "MySQL",
  nameLimit: 64,
  escape: (text) => text.replace(/[\\';]/g, "\\$&"),
  unescape(text) {
    const inner = text.replace(/\\(.)|''/gs, (_, character = "'") => escapes[character] ?? character);
    return /['\\]/.test(text.replace(/\\.|''/gs, "")) ? undefined : inner;
  },
  omitsAutoIncrement: false,
  acceptsEmptyRow: true,
};

/** A table may be called like a word of SQL then, or with signs that no other name has. */
const quotingLanguage: SqlLanguage = {
  ...plainLanguage,
  tableText: (table) => `\`${table}\``,
  tableProblem(table) {
    if (table.trim() === "") return { id: "name-missing" };
    if (table.includes("`")) return { id: "malformed-name", name: table };
    const limit = quotingLanguage.nameLimit!;
    return [...table].length > limit ? { id: "name-too-long", name: table, limit } : undefined;
  },
};

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", 0: "\0", Z: "\x1a" };

function tableBody(language: SqlLanguage, { name, columns, uniques, indexes }: TableDraft): TableBody {
  const primary = columns.findLast((column) => column.primaryKey);
  const keys = [...uniques, ...indexes];
  const problems = [
    language.tableProblem(name),
    columns.length === 0 ? ({ id: "no-columns" } as const) : undefined,
    ...columns.map((column) => column.problem ?? defaultProblem(column, false)),
    ...keys.map((key) => keyProblem(key, key.name === "")),
  ];
  return {
    lines: [
      ...columns.map((column) => {
        const text = column.default === undefined ? "" : ` DEFAULT ${column.default}`;
        const end = column.autoIncrement ? " AUTO_INCREMENT" : "";
        const { tag } = column;
        return {
          text: `${column.name} ${column.type}${column.required ? " NOT NULL" : " NULL"}${text}${end}`,
          tag,
        };
      }),
      ...(primary ? [{ text: `PRIMARY KEY(${primary.name})`, tag: primary.tag }] : []),
      ...keys.map((key) => ({
        text: `${key.unique ? "UNIQUE INDEX" : "INDEX"} ${key.name} (${columnList(key)})`,
        tag: key.tag,
      })),
    ],
    columns: columns.map((column) => newColumn(column, !column.required)),
    primaryKey: primary?.name,
    // A key without a name is called like its first column.
    keys: keys.map((key) => newKey({ ...key, name: key.name || (key.columns[0]?.name ?? "") })),
    problem: problems.find((problem) => problem !== undefined),
    following: [],
  };
}

/** Only an index can be made on the first characters of a column. */
function columnList({ unique, columns }: NewKey): string {
  return columns
    .map(({ name, size }) => (size === undefined || unique ? name : `${name}(${size})`))
    .join(", ");
}

function newKey({ name, unique, columns }: NewKey): NewKey {
  return {
    name,
    unique,
    columns: unique ? columns.map((column) => ({ ...column, size: undefined })) : columns,
  };
}

function keyProblem({ name, unique, columns }: NewKey, isUnnamed = false): BrokenStatement | undefined {
  if (columns.length === 0) return { id: "no-columns" };
  const sized = unique
    ? undefined
    : columns.find(({ size }) => size !== undefined && !/^\s*\d+\s*$/.test(size));
  if (sized) return { id: "malformed-value", column: sized.name, value: sized.size! };
  return firstNameProblem(
    [...(isUnnamed ? [] : [name]), ...columns.map((column) => column.name)],
    plainLanguage,
  );
}

function addColumn(
  language: SqlLanguage,
  { table, prefix }: AlteredTable,
  column: Column,
  knowsAutoIncrement: boolean,
): readonly DraftStatement[] {
  const { name, type } = column;
  const problem = language.tableProblem(table) ?? column.problem;
  return [
    statement(
      `${prefix} ADD ${name} ${type} NULL`,
      {
        kind: "add-column",
        table,
        column: newColumn(column, true, { default: undefined, autoIncrement: false }),
      },
      problem,
    ),
    ...(column.required || column.default !== undefined
      ? [fill(language, table, column), define(language, table, column, knowsAutoIncrement)]
      : []),
  ];
}

function changeColumn(
  language: SqlLanguage,
  { table, prefix }: AlteredTable,
  from: string,
  column: Column,
  { counts, knowsNoDefault }: ChangeForm,
): readonly DraftStatement[] {
  const { name, type } = column;
  if (knowsNoDefault && saysTrue(column.tag, "NoDefault"))
    return [define(language, table, { ...column, default: undefined }, counts)];
  const problem = language.tableProblem(table) ?? column.problem;
  const bare = newColumn(column, true, { default: undefined, autoIncrement: false });
  const statements = [
    statement(
      `${prefix} CHANGE ${from} ${name} ${type} NULL`,
      { kind: "redefine-column", table, from, column: bare },
      nameProblem(from, language) ?? problem,
    ),
  ];
  // Types that take no default. LONGTEXT is missing from the framework's list.
  if (!/^(TEXT|MEDIUMTEXT|BLOB|LONGBLOB)$/i.test(type)) {
    statements.push(
      statement(
        `ALTER TABLE ${language.tableText(table)} CHANGE ${name} ${name} ${type} DEFAULT NULL`,
        { kind: "redefine-column", table, from: name, column: bare },
        problem,
      ),
    );
  }
  if (column.required || column.default !== undefined)
    statements.push(fill(language, table, column), define(language, table, column, counts));
  return statements;
}

function fill(
  language: SqlLanguage,
  table: string,
  { name, filling, fillingProblem }: Column,
): DraftStatement {
  return statement(
    `UPDATE ${language.tableText(table)} SET ${name} = ${filling.sql} WHERE ${name} IS NULL`,
    { kind: "fill-column", table, column: name, value: filling },
    language.tableProblem(table) ?? nameProblem(name, language) ?? fillingProblem,
  );
}

/** The definition as it is to stay. */
function define(
  language: SqlLanguage,
  table: string,
  column: Column,
  knowsAutoIncrement: boolean,
): DraftStatement {
  const { name, type, required } = column;
  const autoIncrement = column.autoIncrement && knowsAutoIncrement;
  const text = column.default === undefined ? "" : ` DEFAULT ${column.default}`;
  const end = `${required ? " NOT NULL" : " NULL"}${autoIncrement ? " AUTO_INCREMENT" : ""}`;
  return statement(
    `ALTER TABLE ${language.tableText(table)} CHANGE ${name} ${name} ${type}${text}${end}`,
    {
      kind: "redefine-column",
      table,
      from: name,
      column: newColumn(column, !required, { autoIncrement }),
    },
    language.tableProblem(table) ?? column.problem ?? defaultProblem(column, !required),
  );
}

function createKey(language: SqlLanguage, table: string, key: KeyDraft): readonly DraftStatement[] {
  const problem = language.tableProblem(table) ?? keyProblem(key);
  const change = brokenOr({ kind: "add-key", table, key: newKey(key), guard: "skip" }, problem);
  return key.unique
    ? guarded(uniqueGuard, table, key.name, {
        sql: `ALTER TABLE ${language.tableText(table)} ADD CONSTRAINT ${key.name} UNIQUE INDEX (${columnList(key)})`,
        condition: "= 0",
        otherwise: `Unique constraint ${key.name} does already exist, skipping.`,
        change,
      })
    : guarded(indexGuard, table, key.name, {
        sql: `CREATE INDEX ${key.name} ON ${language.tableText(table)} (${columnList(key)})`,
        condition: "= 0",
        otherwise: `Index ${key.name} already exists, skipping.`,
        change,
      });
}

/** What is no SQL is never tried, because nothing of that name can be there. */
function dropKey(
  language: SqlLanguage,
  table: string,
  name: string,
  unique: boolean,
): readonly DraftStatement[] {
  const change = { kind: "drop-key", table, name, unique, guard: "skip" } as const;
  return unique
    ? guarded(uniqueGuard, table, name, {
        sql: `ALTER TABLE ${language.tableText(table)} DROP INDEX ${name}`,
        condition: "> 0",
        otherwise: `Unique constraint ${name} does not exist, skipping.`,
        change,
      })
    : guarded(indexGuard, table, name, {
        sql: `DROP INDEX ${name} ON ${language.tableText(table)}`,
        condition: "> 0",
        otherwise: `Index ${name} does not exist, skipping.`,
        change,
      });
}

function createForeignKey(language: SqlLanguage, key: ForeignKeyDraft): readonly DraftStatement[] {
  const { table, column, foreignTable, foreignColumn } = key;
  const name = nameOf(key);
  const problem =
    language.tableProblem(table) ??
    language.tableProblem(foreignTable) ??
    firstNameProblem([column, foreignColumn], language);
  return guarded(foreignKeyGuard, table, name, {
    sql: `ALTER TABLE ${language.tableText(table)} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${language.tableText(foreignTable)} (${foreignColumn})`,
    condition: "= 0",
    otherwise: `Foreign key constraint ${name} does already exist, skipping.`,
    change: brokenOr({ kind: "add-foreign-key", ...key, name, guard: "skip" }, problem),
  });
}

/** The index that MySQL makes for a foreign key of itself has the same name. */
function dropForeignKey(language: SqlLanguage, key: ForeignKeyDraft): readonly DraftStatement[] {
  const { table } = key;
  const name = nameOf(key);
  return [
    ...guarded(foreignKeyGuard, table, name, {
      sql: `ALTER TABLE ${language.tableText(table)} DROP FOREIGN KEY ${name}`,
      condition: "> 0",
      otherwise: `Foreign key constraint ${name} does not exist, skipping.`,
      change: { kind: "drop-foreign-key", table, name, guard: "skip" },
    }),
    ...dropKey(language, table, name, false),
  ];
}

function nameOf({ table, column, foreignColumn }: ForeignKeyDraft): string {
  return fittingName(foreignKeyName(table, column, foreignColumn), 60);
}

/** Where a guard looks, and the words it uses for its variables. */
interface GuardPlace {
  readonly word: "Index" | "Unique" | "FK";
  readonly catalog: "statistics" | "table_constraints";
  readonly column: "index_name" | "constraint_name";
}

const indexGuard: GuardPlace = { word: "Index", catalog: "statistics", column: "index_name" };
const uniqueGuard: GuardPlace = { word: "Unique", catalog: "table_constraints", column: "constraint_name" };
const foreignKeyGuard: GuardPlace = { ...uniqueGuard, word: "FK" };

interface GuardedStatement {
  readonly sql: string;
  /** What the number of objects of that name must be for the statement to run. */
  readonly condition: "= 0" | "> 0";
  readonly otherwise: string;
  readonly change: SchemaChange;
}

/** MySQL has no condition outside of procedures, so the statement's text is chosen first. */
function guarded(
  { word, catalog, column }: GuardPlace,
  table: string,
  name: string,
  { sql, condition, otherwise, change }: GuardedStatement,
): readonly DraftStatement[] {
  return [
    statement(
      `SET @${word}Exists := (SELECT COUNT(*) FROM information_schema.${catalog} WHERE table_schema = DATABASE() AND table_name = '${table}' AND ${column} = '${name}')`,
      undefined,
    ),
    statement(
      `SET @${word}SQLStatement := IF( @${word}Exists ${condition}, '${sql}', 'SELECT ''INFO: ${otherwise}''' )`,
      undefined,
    ),
    statement(`PREPARE ${word}Statement FROM @${word}SQLStatement`, undefined),
    statement(`EXECUTE ${word}Statement`, change),
  ];
}

function brokenOr(change: SchemaChange, problem: BrokenStatement | undefined): SchemaChange {
  return problem ? { kind: "broken", problem } : change;
}
