import { escapeXml } from "../../text/escape.ts";
import { isTrueIn, listIn, type Metadata, tableIn, textIn } from "./read-metadata.ts";
import { xmlContent } from "./xml-content.ts";

/** Types of columns that opmbuild lets through. */
export const metadataColumnTypes: readonly string[] = [
  ...["BIGINT", "DATE", "DECIMAL", "INTEGER", "LONGBLOB", "SMALLINT", "VARCHAR"],
];

/**
 * The lines of an element that an action of the metadata stands for.
 *
 * @returns undefined for an action of a type that opmbuild passes over
 * @source OPM::Maker::Command::sopm 1.1.1, execute and the subs that it calls for each type
 */
export function statementLines(action: Metadata, version: string | undefined): readonly string[] | undefined {
  const type = textIn(action.type) ?? "";
  const table = textIn(action.name) ?? "";
  const columns = listIn(action.columns);
  const alter = (lines: readonly string[]) => element("TableAlter", { Name: table, Version: version }, lines);
  switch (type) {
    case "TableCreate":
      return element("TableCreate", { Name: table, Version: version }, [
        ...columns.map((each) => columnLine("Column", tableIn(each))),
        ...listIn(action.unique).flatMap((each) => uniqueLines(tableIn(each))),
        ...listIn(action.keys).flatMap((each) => foreignKeyLines(tableIn(each))),
      ]);
    case "Insert":
      return element(
        "Insert",
        { Table: table, Version: version },
        columns.map((each) => dataLine(tableIn(each))),
      );
    case "TableDrop":
      return element("TableDrop", { Name: table }, []);
    case "ColumnAdd":
      return alter(columns.map((each) => columnLine("ColumnAdd", tableIn(each))));
    case "ColumnDrop":
      return alter(columns.flatMap((each) => element("ColumnDrop", { Name: textIn(each) ?? "" }, [])));
    case "ColumnChange":
      return alter(columns.map((each) => columnLine("ColumnChange", tableIn(each))));
    case "ForeignKeyCreate":
    case "ForeignKeyDrop":
      return alter(
        listIn(action.references).flatMap((each) => {
          const { name, local, foreign } = tableIn(each);
          return element(type, { ForeignTable: textIn(name) ?? "" }, referenceLines(local, foreign));
        }),
      );
    case "UniqueCreate":
      return alter(element("UniqueCreate", { Name: textIn(action.unique_name) ?? "" }, columnNames(columns)));
    case "UniqueDrop":
      return alter(element("UniqueDrop", { Name: textIn(action.unique_name) ?? "" }, []));
    default:
      return undefined;
  }
}

function columnLine(name: string, column: Metadata): string {
  const names =
    name === "ColumnChange"
      ? { NameNew: textIn(column.new_name) ?? "", NameOld: textIn(column.old_name) ?? "" }
      : { Name: textIn(column.name) ?? "" };
  return element(
    name,
    {
      ...names,
      Required: requiredIn(column.required),
      Type: textIn(column.type) ?? "",
      Size: textIn(column.size),
      AutoIncrement: isTrueIn(column.auto_increment) ? "true" : undefined,
      PrimaryKey: isTrueIn(column.primary_key) ? "true" : undefined,
    },
    [],
  )[0]!;
}

/** opmbuild writes down what stands there, so that a truth of JSON would become a number. */
function requiredIn(value: unknown): string {
  return typeof value === "boolean" ? String(value) : (textIn(value) ?? "false");
}

function uniqueLines(unique: Metadata): readonly string[] {
  const columns = listIn(unique.columns);
  const name = textIn(unique.id) ?? columns.map((each) => textIn(each) ?? "").join("_");
  return element("Unique", { Name: name || `unique${textIn(unique.name) ?? ""}` }, columnNames(columns));
}

function columnNames(columns: readonly unknown[]): readonly string[] {
  return columns.flatMap((each) => element("UniqueColumn", { Name: textIn(each) ?? "" }, []));
}

function foreignKeyLines({ name, references }: Metadata): readonly string[] {
  const inner = listIn(references).flatMap((each) => {
    const { local, foreign } = tableIn(each);
    return referenceLines(local, foreign);
  });
  return element("ForeignKey", { ForeignTable: textIn(name) ?? "" }, inner);
}

function referenceLines(local: unknown, foreign: unknown): readonly string[] {
  return element("Reference", { Local: textIn(local) ?? "", Foreign: textIn(foreign) ?? "" }, []);
}

/** A value with a type is a CDATA section, as it may be of any length. */
function dataLine({ name, type, value }: Metadata): string {
  const text = Array.isArray(value) ? value.map(String).join("\n") : valueText(value);
  const kind = textIn(type);
  const content = kind === undefined ? xmlContent(text) : cdata(text);
  const attributes = attributesOf({ Key: textIn(name) ?? "", Type: kind });
  return `<Data${attributes}>${content}</Data>`;
}

/** Of data a zero counts. */
function valueText(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "";
}

/** The end mark of a CDATA section cannot stand in one. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

/** An element with lines in it, each of which is indented. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  lines: readonly string[],
): readonly string[] {
  const start = `<${name}${attributesOf(attributes)}`;
  if (lines.length === 0) return [`${start}/>`];
  return [`${start}>`, ...lines.map((line) => `    ${line}`), `</${name}>`];
}

/** Attributes of a start tag, those without a value left out. */
export function attributesOf(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(value)}"`]))
    .join("");
}
