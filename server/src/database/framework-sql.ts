import type { FrameworkRelease } from "../dialect/switches.ts";
import type { ColumnFact, TableFact } from "../knowledge/knowledge.ts";
import { readStructure, type Tag } from "../model/package-structure.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { escapeXml } from "../text/escape.ts";
import type { DatabaseKind } from "./engines.ts";
import { generateSql } from "./generate-sql.ts";

/** Rows that stand for those which an installer of a framework puts into each table. Their counters are 1, 2, 3. */
export const standInRows = 3;

/**
 * The statements that make the tables of a framework, with rows that stand for its own: what they hold nobody knows, but
 * that the first ones are there, so that rows of packages can refer to them.
 */
export function frameworkSql(
  facts: readonly TableFact[],
  kind: DatabaseKind,
  release: FrameworkRelease,
): readonly string[] {
  const scripts = facts.map((fact) => {
    const rows = Array.from({ length: standInRows }, (_, index) => rowOf(fact, index + 1)).join("");
    return generateSql(tagsOf(tableOf(fact) + rows, release), kind, release);
  });
  // Keys to other tables come when all tables and their rows are there.
  return [...scripts.flatMap(({ main }) => main), ...scripts.flatMap(({ post }) => post)].map(
    ({ sql }) => sql,
  );
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
