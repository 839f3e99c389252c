import type { Switches } from "../../dialect/switches.ts";
import type { BrokenStatement, NewKey, SchemaChange } from "../schema-change.ts";
import {
  becomesPrimaryKey,
  type Column,
  defaultProblem,
  leadingNumber,
  newColumn,
  saysTrue,
} from "./column.ts";
import {
  type AlteredTable,
  type DraftStatement,
  type ForeignKeyDraft,
  type GuardedChange,
  type KeyDraft,
  type SqlDriver,
  type SqlLanguage,
  statement,
  type TableBody,
  type TableDraft,
  type WithoutGuard,
  withGuard,
} from "./driver.ts";
import { fittingName, foreignKeyName } from "./names.ts";
import { firstNameProblem, nameProblem } from "./problems.ts";

/**
 * MySQL and MariaDB.
 *
 * @source Znuny 7.1 and OTOBO 11, the driver mysql; that of Znuny 7.3 for MariaDB writes what Znuny 7.1 writes
 */
export function mariadbDriver(switches: Switches): SqlDriver {
  return driverOf(switches, mariadb);
}

/** The same for MySQL, which understands a little less. */
export function mysqlDriver(switches: Switches): SqlDriver {
  return driverOf(switches, mysql);
}

function driverOf(switches: Switches, { plain, quoting }: Languages): SqlDriver {
  const language = switches.mysqlQuotesTables ? quoting : plain;
  const { tableText } = language;
  const own: Own = { language, switches };
  return {
    ...language,
    replacesLongCharacters: !switches.mysqlFourByteText,
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
    addColumn: (target, column) => addColumn(own, target, column),
    changeColumn: (target, from, column) => changeColumn(own, target, from, column),
    dropColumn: ({ table, prefix }, name) => [
      statement(
        `${prefix} DROP ${name}`,
        { kind: "drop-column", table, column: name },
        language.tableProblem(table) ?? nameProblem(name, language),
      ),
    ],
    createKey: (table, key) => createKey(own, table, key),
    dropKey: (table, name, unique) => dropKey(own, table, name, unique),
    createForeignKey: (key) => createForeignKey(own, key),
    dropForeignKey: (key) => dropForeignKey(own, key),
  };
}

/** What the routines of one release have. */
interface Own {
  readonly language: SqlLanguage;
  readonly switches: Switches;
}

/** With tables as they are written, and in backticks. */
interface Languages {
  readonly plain: SqlLanguage;
  readonly quoting: SqlLanguage;
}

const shared: Omit<SqlLanguage, "tableText" | "tableProblem"> = {
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
  quotedName: /^`.*`$/s,
  reserving: ["MySQL"],
  nameLimit: 64,
  escape: (text) => text.replace(/[\\';]/g, "\\$&"),
  unescape(text) {
    const inner = text.replace(/\\(.)|''/gs, (_, character = "'") => escapes[character] ?? character);
    return /['\\]/.test(text.replace(/\\.|''/gs, "")) ? undefined : inner;
  },
  omitsAutoIncrement: false,
  acceptsEmptyRow: true,
};

const mariadb = languagesOf(shared);
const mysql = languagesOf({
  ...shared,
  reserving: ["MySQL", "MySQL 8"],
  knownTypes: new Set([...shared.knownTypes].filter((type) => type !== "uuid")),
});

/** In backticks a table may be called like a word of SQL, or with signs that no other name has. */
function languagesOf(words: typeof shared): Languages {
  const plain: SqlLanguage = {
    ...words,
    tableText: (table) => table,
    tableProblem: (table) => nameProblem(table, plain),
  };
  const quoting: SqlLanguage = {
    ...words,
    tableText: (table) => `\`${table}\``,
    tableProblem(table) {
      if (table.trim() === "") return { id: "name-missing" };
      if (table.includes("`")) return { id: "malformed-name", name: table };
      const limit = words.nameLimit!;
      return [...table].length > limit ? { id: "name-too-long", name: table, limit } : undefined;
    },
  };
  return { plain, quoting };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", 0: "\0", Z: "\x1a" };

function tableBody(language: SqlLanguage, { name, columns, uniques, indexes }: TableDraft): TableBody {
  const primary = columns.findLast((column) => column.primaryKey);
  const keys = [...uniques, ...indexes];
  const problems = [
    language.tableProblem(name),
    columns.length === 0 ? ({ id: "no-columns" } as const) : undefined,
    ...columns.map((column) => column.problem ?? defaultProblem(column, false)),
    ...keys.map((key) => keyProblem(language, key, key.name === "")),
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
    lostColumns: [],
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

function keyProblem(
  language: SqlLanguage,
  { name, unique, columns }: NewKey,
  isUnnamed = false,
): BrokenStatement | undefined {
  if (columns.length === 0) return { id: "no-columns" };
  const sized = unique
    ? undefined
    : columns.find(({ size }) => size !== undefined && !/^\s*\d+\s*$/.test(size));
  if (sized) return { id: "malformed-value", column: sized.name, value: sized.size! };
  return firstNameProblem([...(isUnnamed ? [] : [name]), ...columns.map((column) => column.name)], language);
}

function addColumn(
  { language, switches }: Own,
  { table, prefix }: AlteredTable,
  column: Column,
): readonly DraftStatement[] {
  const { name, type } = column;
  const problem = language.tableProblem(table) ?? column.problem;
  const marks: Marks = {
    counts: column.autoIncrement && switches.mysqlColumnAddCounts,
    isPrimary: becomesPrimaryKey(column, switches),
  };
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
      ? [fill(language, table, column), define(language, table, column, marks)]
      : []),
  ];
}

function changeColumn(
  { language, switches }: Own,
  { table, prefix }: AlteredTable,
  from: string,
  column: Column,
): readonly DraftStatement[] {
  const { name, type } = column;
  const marks: Marks = {
    counts: column.autoIncrement && switches.mysqlColumnChangeCounts,
    isPrimary: false,
  };
  if (switches.mysqlNoDefault && saysTrue(column.tag, "NoDefault"))
    return [define(language, table, { ...column, default: undefined }, marks)];
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
    const start = `ALTER TABLE ${language.tableText(table)}`;
    statements.push(
      switches.columnChangeDropsDefault
        ? statement(
            `${start} ALTER ${name} DROP DEFAULT`,
            { kind: "alter-column", table, column: name, default: null },
            problem,
          )
        : statement(
            `${start} CHANGE ${name} ${name} ${type} DEFAULT NULL`,
            { kind: "redefine-column", table, from: name, column: bare },
            problem,
          ),
    );
  }
  if (column.required || column.default !== undefined)
    statements.push(fill(language, table, column), define(language, table, column, marks));
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

/** What a column may become beside its type. */
interface Marks {
  readonly counts: boolean;
  /** It becomes the primary key then, and the first column. */
  readonly isPrimary: boolean;
}

/** The definition as it is to stay. */
function define(
  language: SqlLanguage,
  table: string,
  column: Column,
  { counts, isPrimary }: Marks,
): DraftStatement {
  const { name, type, required } = column;
  const text = column.default === undefined ? "" : ` DEFAULT ${column.default}`;
  const end = `${required ? " NOT NULL" : " NULL"}${counts ? " AUTO_INCREMENT" : ""}${isPrimary ? " PRIMARY KEY FIRST" : ""}`;
  return statement(
    `ALTER TABLE ${language.tableText(table)} CHANGE ${name} ${name} ${type}${text}${end}`,
    {
      kind: "redefine-column",
      table,
      from: name,
      column: newColumn(column, !required, { autoIncrement: counts }),
      ...(isPrimary && { becomes: "first-and-primary-key" as const }),
    },
    language.tableProblem(table) ?? column.problem ?? defaultProblem(column, !required),
  );
}

function createKey(own: Own, table: string, key: KeyDraft): readonly DraftStatement[] {
  const { language } = own;
  const problem = language.tableProblem(table) ?? keyProblem(language, key);
  const change = { kind: "add-key", table, key: newKey(key) } as const;
  return key.unique
    ? keyStatements(own, uniqueGuard, table, key.name, {
        sql: `ALTER TABLE ${language.tableText(table)} ADD CONSTRAINT ${key.name} UNIQUE INDEX (${columnList(key)})`,
        condition: "= 0",
        otherwise: `Unique constraint ${key.name} does already exist, skipping.`,
        change,
        problem,
      })
    : keyStatements(own, indexGuard, table, key.name, {
        sql: `CREATE INDEX ${key.name} ON ${language.tableText(table)} (${columnList(key)})`,
        condition: "= 0",
        otherwise: `Index ${key.name} already exists, skipping.`,
        change,
        problem,
      });
}

function dropKey(own: Own, table: string, name: string, unique: boolean): readonly DraftStatement[] {
  const { language } = own;
  const problem = language.tableProblem(table) ?? nameProblem(name, language);
  const change = { kind: "drop-key", table, name, unique } as const;
  return unique
    ? keyStatements(own, uniqueGuard, table, name, {
        sql: `ALTER TABLE ${language.tableText(table)} DROP INDEX ${name}`,
        condition: "> 0",
        otherwise: `Unique constraint ${name} does not exist, skipping.`,
        change,
        problem,
      })
    : keyStatements(own, indexGuard, table, name, {
        sql: `DROP INDEX ${name} ON ${language.tableText(table)}`,
        condition: "> 0",
        otherwise: `Index ${name} does not exist, skipping.`,
        change,
        problem,
      });
}

function createForeignKey(own: Own, key: ForeignKeyDraft): readonly DraftStatement[] {
  const { language } = own;
  const { table, column, foreignTable, foreignColumn } = key;
  const name = nameOf(own, key);
  return keyStatements(own, foreignKeyGuard, table, name, {
    sql: `ALTER TABLE ${language.tableText(table)} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${language.tableText(foreignTable)} (${foreignColumn})`,
    condition: "= 0",
    otherwise: `Foreign key constraint ${name} does already exist, skipping.`,
    change: { kind: "add-foreign-key", ...key, name },
    problem:
      language.tableProblem(table) ??
      language.tableProblem(foreignTable) ??
      firstNameProblem([column, foreignColumn], language),
  });
}

/** The index that MySQL makes for a foreign key of itself has the same name. */
function dropForeignKey(own: Own, key: ForeignKeyDraft): readonly DraftStatement[] {
  const { language, switches } = own;
  const { table } = key;
  const name = nameOf(own, key);
  const drop: KeyStatement = {
    sql: `ALTER TABLE ${language.tableText(table)} DROP FOREIGN KEY ${name}`,
    condition: "> 0",
    otherwise: `Foreign key constraint ${name} does not exist, skipping.`,
    change: { kind: "drop-foreign-key", table, name },
    problem: language.tableProblem(table),
  };
  return [
    ...keyStatements(own, foreignKeyGuard, table, name, drop, switches.mysqlGuardsForeignKeyDrop),
    ...(switches.mysqlDropsForeignKeyIndex ? dropKey(own, table, name, false) : []),
  ];
}

function nameOf({ switches }: Own, { table, column, foreignColumn }: ForeignKeyDraft): string {
  const name = foreignKeyName(table, column, foreignColumn);
  const fitting = fittingName(name, 60);
  return switches.mysqlForeignKeyNamesLackDigit && fitting !== name ? fitting.slice(0, -1) : fitting;
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

interface KeyStatement {
  readonly sql: string;
  /** What the number of objects of that name must be for the statement to run. */
  readonly condition: "= 0" | "> 0";
  readonly otherwise: string;
  readonly change: WithoutGuard<GuardedChange>;
  readonly problem: BrokenStatement | undefined;
}

/** A statement about a key, behind a guard where the release has one. */
function keyStatements(
  { switches }: Own,
  place: GuardPlace,
  table: string,
  name: string,
  { change, problem, ...key }: KeyStatement,
  isGuarded = switches.guardsKeys,
): readonly DraftStatement[] {
  if (!isGuarded) return [statement(key.sql, withGuard(change, "none"), problem)];
  // What is to be dropped and is no SQL is never tried, because nothing of that name can be there.
  const isTried = key.condition === "= 0";
  return guarded(place, table, name, key, withGuard(change, "skip"), isTried ? problem : undefined);
}

/** MySQL has no condition outside of procedures, so the statement's text is chosen first. */
function guarded(
  { word, catalog, column }: GuardPlace,
  table: string,
  name: string,
  { sql, condition, otherwise }: Pick<KeyStatement, "sql" | "condition" | "otherwise">,
  change: SchemaChange,
  problem: BrokenStatement | undefined,
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
    statement(`EXECUTE ${word}Statement`, change, problem),
  ];
}
