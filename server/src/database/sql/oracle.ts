import type { Switches } from "../../dialect/switches.ts";
import type { BrokenStatement, NewKey } from "../schema-change.ts";
import type { SqlStatement } from "../sql-script.ts";
import { becomesPrimaryKey, type Column, defaultProblem, leadingNumber, newColumn } from "./column.ts";
import {
  type AlteredTable,
  type DraftStatement,
  type ForeignKeyDraft,
  type GuardedChange,
  type KeyDraft,
  type Report,
  type ReportMissing,
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
 * Oracle. A guard swallows every error, so a guarded statement that is no SQL does nothing at all. Two empty lines are
 * left of what the framework writes for Oracle's own shell.
 *
 * @source Znuny 7.1 and OTOBO 11, the driver oracle; never run
 */
export function oracleDriver(switches: Switches): SqlDriver {
  return {
    ...language,
    replacesLongCharacters: false,
    tableBody: (table, report) => tableBody(table, switches, report),
    dropTable,
    renameTable,
    addColumn: (target, column) => addColumn(target, column, switches),
    changeColumn,
    dropColumn: ({ table, prefix }, name) => [
      statement(
        `${prefix} DROP COLUMN ${name}`,
        { kind: "drop-column", table, column: name },
        firstNameProblem([table, name], language),
      ),
    ],
    createKey: (table, key) => createKey(table, key, switches),
    dropKey: (table, name, unique) => [dropKey(table, fittingName(name, 30), unique, switches)],
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
        return "DATE";
      case "SMALLINT":
        return "NUMBER (5, 0)";
      case "INTEGER":
        return "NUMBER (12, 0)";
      case "BIGINT":
        return "NUMBER (20, 0)";
      case "LONGBLOB":
        return "CLOB";
      case "VARCHAR":
        return leadingNumber(size) > 4000 ? "CLOB" : `VARCHAR2 (${size})`;
      case "DECIMAL":
        return `DECIMAL (${size})`;
      default:
        return type;
    }
  },
  numericType: /int|number/i,
  knownTypes: new Set(
    (
      "bfile binary_double binary_float blob char character clob date dec decimal double float int integer interval " +
      "long national nchar nclob number numeric nvarchar2 raw real rowid smallint timestamp urowid varchar varchar2 " +
      "xmltype"
    ).split(" "),
  ),
  foreignTypeWords: /\b(?:unsigned|signed|zerofill)\b/i,
  quotedName: /^".*"$/s,
  reserving: ["Oracle"],
  nameLimit: undefined,
  escape: (text) => text.replace(/'/g, "''"),
  unescape: (text) => (text.replaceAll("''", "").includes("'") ? undefined : text.replaceAll("''", "'")),
  omitsAutoIncrement: true,
  acceptsEmptyRow: false,
};

function tableBody(table: TableDraft, switches: Switches, report: Report): TableBody {
  const { name, columns, uniques, indexes } = table;
  const keys = uniques.map((key) => {
    if (key.name === "") report({ id: "need-name", values: {}, tag: key.tag });
    return newKey(key);
  });
  const definitions = columns.map(columnDefinition);
  const problems = [
    nameProblem(name, language),
    columns.length === 0 ? ({ id: "no-columns" } as const) : undefined,
    ...definitions.map(({ problem }) => problem),
    ...keys.map(keyProblem),
  ];
  return {
    lines: [
      ...definitions.map(({ text, tag }) => ({ text, tag })),
      ...keys.map((key, index) => ({
        text: `CONSTRAINT ${key.name} UNIQUE (${columnList(key)})`,
        tag: uniques[index]!.tag,
      })),
    ],
    columns: definitions.map(({ column }) => column),
    lostColumns: [],
    primaryKey: undefined,
    keys,
    problem: problems.find((problem) => problem !== undefined),
    following: [
      ...columns.flatMap((column) => columnFollowers(name, column, report)),
      ...indexes.flatMap((key) => createNamedKey(name, key, (...of) => createKey(...of, switches), report)),
    ],
  };
}

/** An empty text is NULL, so a text column with a false default gets none and can stay empty. */
function columnDefinition(column: Column) {
  const isNumeric = language.numericType.test(column.type);
  const isFalse = column.givenDefault === "" || column.givenDefault === "0";
  const withoutDefault = !isNumeric && isFalse;
  const written: Column = withoutDefault ? { ...column, default: undefined } : column;
  const nullable = !column.required || withoutDefault;
  const end = written.default === undefined ? "" : ` DEFAULT ${written.default}`;
  return {
    tag: column.tag,
    text: `${column.name} ${column.type}${end}${nullable ? " NULL" : " NOT NULL"}`,
    column: newColumn(written, nullable),
    problem: column.problem ?? defaultProblem(written, nullable),
  };
}

/** The primary key and the counter of a column. Every column that says so gets its own; the second key fails. */
function columnFollowers(table: string, column: Column, report: Report): readonly SqlStatement[] {
  const { tag, name } = column;
  const reportMissing: ReportMissing = (id) => report({ id, values: {}, tag });
  const drafts: DraftStatement[] = [];
  if (column.primaryKey) drafts.push(primaryKey(table, name, nameOfPrimaryKey(table, reportMissing)));
  if (column.autoIncrement) drafts.push(...counter(table, name, nameOfSequence(table, reportMissing)));
  return drafts.map((draft) => ({ ...draft, tag }));
}

function primaryKey(table: string, column: string, constraint: string): DraftStatement {
  return statement(
    `ALTER TABLE ${table} ADD CONSTRAINT ${constraint} PRIMARY KEY (${column})`,
    { kind: "add-primary-key", table, name: constraint, column },
    firstNameProblem([table, column], language),
  );
}

/** A sequence, and a trigger that fills the column from it when a row comes without a value. */
function counter(table: string, column: string, sequence: string): readonly DraftStatement[] {
  return [
    `BEGIN
    EXECUTE IMMEDIATE 'DROP SEQUENCE ${sequence}';
EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
    `CREATE SEQUENCE ${sequence}
INCREMENT BY 1
START WITH 1
NOMAXVALUE
NOCYCLE
CACHE 20
ORDER
`,
    `BEGIN
    EXECUTE IMMEDIATE 'DROP TRIGGER ${sequence}_t';
EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
    `CREATE OR REPLACE TRIGGER ${sequence}_t
BEFORE INSERT ON ${table}
FOR EACH ROW
BEGIN
    IF :new.${column} IS NULL THEN
        SELECT ${sequence}.nextval
        INTO :new.${column}
        FROM DUAL;
    END IF;
END;

`,
  ].map((sql) => statement(sql, { kind: "auxiliary" }));
}

function dropTable(table: string, report: ReportMissing): readonly DraftStatement[] {
  const sequence = nameOfSequence(table, report);
  return [
    statement(
      `DROP TABLE ${table} CASCADE CONSTRAINTS`,
      { kind: "drop-table", table, ifExists: false, cascade: true },
      nameProblem(table, language),
    ),
    statement(
      `BEGIN
    EXECUTE IMMEDIATE 'DROP SEQUENCE ${sequence}';
EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
      { kind: "auxiliary" },
    ),
  ];
}

/** The primary key, its index, the sequence and the trigger are renamed with the table; other keys are not. */
function renameTable(from: string, to: string, prefix: string): readonly DraftStatement[] {
  const [oldKey, newKey] = [nameOfPrimaryKey(from), nameOfPrimaryKey(to)];
  const [oldSequence, newSequence] = [nameOfSequence(from), nameOfSequence(to)];
  const followers = [
    `BEGIN
    EXECUTE IMMEDIATE 'ALTER TABLE ${to} RENAME CONSTRAINT ${oldKey} TO ${newKey}';
EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
    `BEGIN
    EXECUTE IMMEDIATE 'ALTER INDEX ${oldKey} RENAME TO ${newKey}';
EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
    `DECLARE
    sequence_count NUMBER;
BEGIN
    SELECT COUNT(*)
    INTO sequence_count
    FROM user_sequences
    WHERE UPPER(sequence_name) = UPPER('${oldSequence}');

    IF sequence_count > 0 THEN
        EXECUTE IMMEDIATE 'RENAME ${oldSequence} TO ${newSequence}';
    END IF;

EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
    `DECLARE
    trigger_count NUMBER;
    pk_column_name VARCHAR(50);
BEGIN
    SELECT COUNT(*)
    INTO trigger_count
    FROM user_triggers
    WHERE UPPER(trigger_name) = UPPER('${oldSequence}_t');

    SELECT column_name
    INTO pk_column_name
    FROM user_ind_columns
    WHERE UPPER(table_name) = UPPER('${to}')
    AND UPPER(index_name) = UPPER('${newKey}');

    IF trigger_count > 0 THEN
        EXECUTE IMMEDIATE 'DROP TRIGGER ${oldSequence}_t';

        EXECUTE IMMEDIATE 'CREATE OR REPLACE TRIGGER ${newSequence}_t
            BEFORE INSERT ON ${to}
            FOR EACH ROW
            BEGIN
                IF :new.' || pk_column_name || ' IS NULL THEN
                    SELECT ${newSequence}.nextval
                    INTO :new.' || pk_column_name || '
                    FROM DUAL;
                END IF;
            END;';
    END IF;

EXCEPTION
    WHEN OTHERS THEN NULL;
END;

`,
  ];
  return [
    statement(
      `${prefix}ALTER TABLE ${from} RENAME TO ${to}`,
      { kind: "rename-table", from, to },
      firstNameProblem([from, to], language),
    ),
    ...followers.map((sql) => statement(prefix + sql, { kind: "auxiliary" })),
  ];
}

function addColumn(
  { table, prefix }: AlteredTable,
  column: Column,
  switches: Switches,
): readonly DraftStatement[] {
  const { name, type } = column;
  const counts = column.autoIncrement && switches.oracleColumnAddCounts;
  return [
    statement(
      `${prefix} ADD ${name} ${type} NULL`,
      {
        kind: "add-column",
        table,
        column: newColumn(column, true, { default: undefined, autoIncrement: counts }),
      },
      nameProblem(table, language) ?? column.problem,
    ),
    ...fillAndDefine(table, column),
    ...(becomesPrimaryKey(column, switches) ? [primaryKey(table, name, nameOfPrimaryKey(table))] : []),
    ...(counts ? counter(table, name, nameOfSequence(table)) : []),
  ];
}

/** A type cannot be changed to CLOB, so the values go through a column of their own; keys of the old one are lost. */
function changeColumn(
  { table, prefix }: AlteredTable,
  from: string,
  { tag, ...changed }: Column,
): readonly DraftStatement[] {
  // An attribute Name, which has no place here, goes before the new name in all but the renaming.
  const name = tag.attributes.get("Name") || changed.name || from;
  const column: Column = { ...changed, tag, name };
  const { type } = column;
  const problem = nameProblem(table, language) ?? column.problem;
  const copy = `${name}_TEMP`;
  const statements: DraftStatement[] = [];
  if (from !== changed.name) {
    statements.push(
      statement(
        `${prefix} RENAME COLUMN ${from} TO ${changed.name}`,
        { kind: "rename-column", table, from, to: changed.name },
        firstNameProblem([table, from, changed.name], language),
      ),
    );
  }
  if (type === "CLOB") {
    statements.push(
      statement(
        `ALTER TABLE ${table} ADD ${copy} ${type} NULL`,
        {
          kind: "add-column",
          table,
          column: { name: copy, type, nullable: true, default: undefined, autoIncrement: false },
        },
        problem,
      ),
      statement(
        `UPDATE ${table} SET ${copy} = ${name}`,
        { kind: "copy-column", table, from: name, to: copy },
        problem,
      ),
      statement(
        `ALTER TABLE ${table} DROP COLUMN ${name}`,
        { kind: "drop-column", table, column: name },
        problem,
      ),
      statement(
        `ALTER TABLE ${table} RENAME COLUMN ${copy} TO ${name}`,
        { kind: "rename-column", table, from: copy, to: name },
        problem,
      ),
    );
  } else {
    statements.push(
      statement(
        `ALTER TABLE ${table} MODIFY ${name} ${type} DEFAULT NULL`,
        { kind: "alter-column", table, column: name, type, default: null },
        problem,
      ),
    );
  }
  return [...statements, ...fillAndDefine(table, column)];
}

/** Nothing at all where the value would be an empty text, so that a required column can stay empty. */
function fillAndDefine(table: string, column: Column): readonly DraftStatement[] {
  const { name, type, filling, fillingProblem, required } = column;
  const isGiven = column.default !== undefined;
  if (filling.sql === "''" || !(required || isGiven)) return [];
  return [
    statement(
      `UPDATE ${table} SET ${name} = ${filling.sql} WHERE ${name} IS NULL`,
      { kind: "fill-column", table, column: name, value: filling },
      firstNameProblem([table, name], language) ?? fillingProblem,
    ),
    statement(
      `ALTER TABLE ${table} MODIFY ${name} ${type}${isGiven ? ` DEFAULT ${column.default}` : ""}${required ? " NOT NULL" : ""}`,
      {
        kind: "alter-column",
        table,
        column: name,
        type,
        ...(isGiven ? { default: newColumn(column, true).default ?? null } : {}),
        ...(required ? { nullable: false } : {}),
      },
      nameProblem(table, language) ?? column.problem ?? defaultProblem(column, false),
    ),
  ];
}

function createKey(table: string, key: KeyDraft, switches: Switches): readonly DraftStatement[] {
  const created = newKey(key);
  const sql = key.unique
    ? `ALTER TABLE ${table} ADD CONSTRAINT ${created.name} UNIQUE (${columnList(created)})`
    : `CREATE INDEX ${created.name} ON ${table} (${columnList(created)})`;
  return [
    keyStatement(
      switches,
      sql,
      { kind: "add-key", table, key: created },
      nameProblem(table, language) ?? keyProblem(created),
    ),
  ];
}

function dropKey(table: string, name: string, unique: boolean, switches: Switches): DraftStatement {
  return keyStatement(
    switches,
    unique ? `ALTER TABLE ${table} DROP CONSTRAINT ${name}` : `DROP INDEX ${name}`,
    { kind: "drop-key", table: unique ? table : undefined, name, unique },
    firstNameProblem(unique ? [table, name] : [name], language),
  );
}

/** Without an index of its own the whole table would be locked where one row is meant. */
function createForeignKey(key: ForeignKeyDraft, switches: Switches): readonly DraftStatement[] {
  const { table, column, foreignTable, foreignColumn } = key;
  const name = nameOfForeignKey(key);
  const index: NewKey = {
    name: nameOfForeignIndex(key),
    unique: false,
    columns: [{ name: column, size: undefined }],
  };
  const made = keyStatement(
    switches,
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${foreignTable} (${foreignColumn})`,
    { kind: "add-foreign-key", ...key, name },
    firstNameProblem([table, column, foreignTable, foreignColumn], language),
  );
  if (!switches.oracleIndexesForeignKeys) return [made];
  return [
    made,
    keyStatement(
      switches,
      `CREATE INDEX ${index.name} ON ${table} (${column})`,
      { kind: "add-key", table, key: index },
      firstNameProblem([table, column], language),
    ),
  ];
}

function dropForeignKey(key: ForeignKeyDraft, switches: Switches): readonly DraftStatement[] {
  const { table } = key;
  const name = nameOfForeignKey(key);
  const dropped = keyStatement(
    switches,
    `ALTER TABLE ${table} DROP CONSTRAINT ${name}`,
    { kind: "drop-foreign-key", table, name },
    nameProblem(table, language),
  );
  return switches.oracleIndexesForeignKeys
    ? [dropped, dropKey(table, nameOfForeignIndex(key), false, switches)]
    : [dropped];
}

function nameOfForeignKey({ table, column, foreignColumn }: ForeignKeyDraft): string {
  return fittingName(foreignKeyName(table, column, foreignColumn), 30);
}

function nameOfForeignIndex({ table, column }: ForeignKeyDraft): string {
  return fittingName(`FK_${table}_${column}`, 30);
}

function nameOfPrimaryKey(table: string, report?: ReportMissing): string {
  return nameFromTable(table, "PK_", 30, report);
}

/** Shorter than the limit of names, because the trigger is called like it and two characters more. */
function nameOfSequence(table: string, report?: ReportMissing): string {
  return nameFromTable(table, "SE_", 28, report);
}

function nameFromTable(table: string, start: string, limit: number, report?: ReportMissing): string {
  if (table !== "" && table !== "0") return fittingName(start + table, limit);
  report?.("need-table");
  return "";
}

function columnList({ columns }: NewKey): string {
  return columns.map(({ name }) => name).join(", ");
}

function newKey({ name, unique, columns }: NewKey): NewKey {
  return {
    name: fittingName(name, 30),
    unique,
    columns: columns.map((column) => ({ ...column, size: undefined })),
  };
}

function keyProblem({ name, columns }: NewKey): BrokenStatement | undefined {
  if (columns.length === 0) return { id: "no-columns" };
  return firstNameProblem([name, ...columns.map((column) => column.name)], language);
}

/** A statement about a key, behind a guard where the release has them. */
function keyStatement(
  { guardsKeys }: Switches,
  sql: string,
  change: WithoutGuard<GuardedChange>,
  problem: BrokenStatement | undefined,
): DraftStatement {
  if (!guardsKeys) return statement(sql, withGuard(change, "none"), problem);
  return {
    sql: `BEGIN
    EXECUTE IMMEDIATE '${sql}';
EXCEPTION
  WHEN OTHERS THEN NULL;
END;

`,
    change: problem ? { kind: "auxiliary" } : withGuard(change, "swallow"),
  };
}
