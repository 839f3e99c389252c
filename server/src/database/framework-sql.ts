import type { FrameworkRelease } from "../dialect/switches.ts";
import type { ColumnFact, TableFact } from "../knowledge/knowledge.ts";
import { readStructure, type Tag } from "../model/package-structure.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { escapeXml } from "../text/escape.ts";
import type { DatabaseKind } from "./engines.ts";
import { generateSql } from "./generate-sql.ts";
import type { SqlScript } from "./sql-script.ts";

/** Rows that stand for those which an installer of a framework puts into each table. Their counters are 1, 2, 3. */
const standInRows = 3;

/**
 * The statements that make the tables of a framework in an empty database, with rows that stand for its own: what they hold
 * nobody knows, but that the first ones are there, so that rows of packages can refer to them.
 *
 * A guard looks through all keys of the database, or of a table, for a name that is there, which takes longer than all else.
 * It is left out where no other key has the name.
 */
export function frameworkSql(
  facts: readonly TableFact[],
  kind: DatabaseKind,
  release: FrameworkRelease,
): readonly string[] {
  const drafts = facts.map((fact) => {
    const rows = Array.from({ length: standInRows }, (_, index) => rowOf(fact, index + 1)).join("");
    const tags = tagsOf(tableOf(fact) + rows, release);
    const script = generateSql(tags, kind, release, undefined, false);
    return { tags, script, names: [...namesInTable(fact), ...namesOfKeys(script)] };
  });
  const often = repeated(drafts.flatMap(({ names }) => names));
  const scripts = drafts.map(({ tags, script, names }) =>
    names.some((name) => often.has(name)) ? generateSql(tags, kind, release) : script,
  );
  // Keys to other tables come when all tables and their rows are there.
  return [...scripts.flatMap(({ main }) => main), ...scripts.flatMap(({ post }) => post)].map(
    ({ sql }) => sql,
  );
}

/** The names, in lower case, of the keys that a table is made with. */
function namesInTable({ name, uniques }: TableFact): readonly string[] {
  return [`${name}_pkey`, ...uniques.flatMap((key) => key.name ?? [])].map((each) => each.toLowerCase());
}

/** The names, in lower case, of those that are added to it. */
function namesOfKeys({ main, post }: SqlScript): readonly string[] {
  return [...main, ...post].flatMap(({ change }) => {
    if (change?.kind === "add-key") return change.key.name.toLowerCase();
    return change?.kind === "add-foreign-key" ? change.name.toLowerCase() : [];
  });
}

function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}

function tagsOf(xml: string, { dialect }: FrameworkRelease): readonly Tag[] {
  const text = `<DatabaseInstall>${xml}</DatabaseInstall>`;
  const phases = readStructure(SyntaxTree.parse(text), dialect).structure?.database.DatabaseInstall;
  return [...(phases?.values() ?? [])].flat();
}

/** As a schema file of a framework has it. */
function tableOf({ name, columns, indexes, uniques, foreignKeys }: TableFact): string {
  const parts = [
    ...columns.map((column) =>
      element("Column", {
        Name: column.name,
        Required: String(column.required),
        PrimaryKey: column.primaryKey ? "true" : undefined,
        AutoIncrement: column.autoIncrement ? "true" : undefined,
        Type: column.type,
        Size: column.size,
        Default: column.default,
      }),
    ),
    ...uniques.map((key) =>
      element(
        "Unique",
        { Name: key.name },
        key.columns.map((column) => element("UniqueColumn", { Name: column })),
      ),
    ),
    ...indexes.map((key) =>
      element(
        "Index",
        { Name: key.name },
        key.columns.map((column) => element("IndexColumn", { Name: column.name, Size: column.size })),
      ),
    ),
    ...foreignKeys.map((key) =>
      element(
        "ForeignKey",
        { ForeignTable: key.table },
        key.references.map(({ local, foreign }) => element("Reference", { Local: local, Foreign: foreign })),
      ),
    ),
  ];
  return element("TableCreate", { Name: name }, parts);
}

/** A row whose values are a number as far as their types let them, so that any column may refer to any other. */
function rowOf({ name, columns }: TableFact, number: number): string {
  const values = columns
    .filter(({ autoIncrement }) => !autoIncrement)
    .map((column) => {
      const isDate = /^date/i.test(column.type);
      const value = isDate ? `2000-01-0${number} 00:00:00` : String(number);
      return element("Data", { Key: column.name, Type: isNumeric(column) ? undefined : "Quote" }, [value]);
    });
  return values.length === 0 ? "" : element("Insert", { Table: name }, values);
}

function isNumeric({ type }: ColumnFact): boolean {
  return /int|decimal/i.test(type);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  parts: readonly string[] = [],
): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(value)}"`],
  );
  return `<${name}${given.join("")}>${parts.join("")}</${name}>`;
}
