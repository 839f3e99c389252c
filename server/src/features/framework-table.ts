import { releaseWith } from "../knowledge/join-knowledge.ts";
import type { ColumnFact, Knowledge, TableFact } from "../knowledge/knowledge.ts";
import type { Translate } from "../l10n/translate.ts";
import { escapeXml } from "../text/escape.ts";

/** A table of the framework as a text to read. */
export interface FrameworkTable {
  /** XML as a package would write the table, with comments about the releases. */
  readonly text: string;
  /** The line of the table's name, and of each column by its name, from 0. */
  readonly line: number;
  readonly columnLines: ReadonlyMap<string, number>;
}

/** Describes a table as far as it is known of some releases; undefined for one that none of them has. */
export function frameworkTable(
  name: string,
  knowledge: Knowledge,
  translate: Translate,
): FrameworkTable | undefined {
  const table = knowledge.table(name);
  if (!table) return undefined;
  const releases = releaseWith(knowledge, (part) => part.table(name) != null);
  const lines = [
    comment(
      translate("A table of {release}. It comes with the framework; this text is only to be read.", {
        release: releases,
      }),
    ),
  ];
  const line = lines.length;
  lines.push(`<Table Name="${escapeXml(table.name)}">`);
  const columnLines = new Map<string, number>();
  for (const column of table.columns) {
    columnLines.set(column.name, lines.length);
    const having = releaseWith(knowledge, (part) => hasColumn(part.table(name), column.name));
    lines.push(
      `    ${columnText(column)}${having === releases ? "" : ` ${comment(translate("only in {release}", { release: having }))}`}`,
    );
  }
  for (const { name: index, columns } of table.indexes)
    lines.push(...list("Index", index, "IndexColumn", columns));
  for (const { name: unique, columns } of table.uniques)
    lines.push(
      ...list(
        "Unique",
        unique,
        "UniqueColumn",
        columns.map((each) => ({ name: each, size: undefined })),
      ),
    );
  for (const { table: foreign, references } of table.foreignKeys) {
    lines.push(`    <ForeignKey${attribute("ForeignTable", foreign)}>`);
    for (const each of references)
      lines.push(
        `        <Reference${attribute("Local", each.local)}${attribute("Foreign", each.foreign)}/>`,
      );
    lines.push("    </ForeignKey>");
  }
  lines.push("</Table>", "");
  return { text: lines.join("\n"), line, columnLines };
}

function hasColumn(table: TableFact | null | undefined, column: string): boolean {
  return table?.columns.some(({ name }) => name === column) === true;
}

function columnText({
  name,
  type,
  size,
  required,
  primaryKey,
  autoIncrement,
  default: value,
}: ColumnFact): string {
  return [
    `<Column${attribute("Name", name)}`,
    attribute("Required", String(required)),
    primaryKey ? attribute("PrimaryKey", "true") : "",
    autoIncrement ? attribute("AutoIncrement", "true") : "",
    type === "" ? "" : attribute("Type", type),
    attribute("Size", size),
    attribute("Default", value),
    "/>",
  ].join("");
}

function list(
  tag: string,
  name: string | undefined,
  columnTag: string,
  columns: readonly { readonly name: string; readonly size: string | undefined }[],
): readonly string[] {
  return [
    `    <${tag}${attribute("Name", name)}>`,
    ...columns.map(
      (each) => `        <${columnTag}${attribute("Name", each.name)}${attribute("Size", each.size)}/>`,
    ),
    `    </${tag}>`,
  ];
}

/** Nothing for one that is not given. */
function attribute(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` ${name}="${escapeXml(value)}"`;
}

function comment(text: string): string {
  return `<!-- ${text.replaceAll("--", "- -")} -->`;
}
