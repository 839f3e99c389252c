import type { Element, Located } from "../syntax/element.ts";
import type { SymbolKind, SymbolRole } from "./symbol.ts";

/** An attribute of an element that names something. */
export interface NamedBy {
  readonly attribute: string;
  readonly kind: SymbolKind;
  readonly role: SymbolRole;
  /** True for a column of the table that a foreign key refers to, and not of the statement's. */
  readonly isForeign?: true;
}

const named = (kind: SymbolKind, role: SymbolRole, attribute = "Name"): readonly NamedBy[] => [
  { attribute, kind, role },
];

const renaming = (kind: SymbolKind): readonly NamedBy[] => [
  { attribute: "NameOld", kind, role: "renamed" },
  { attribute: "NameNew", kind, role: "defined" },
];

/**
 * What the elements of database sections name.
 *
 * @source Znuny 7.1 and OTOBO 11, SQLProcessor and the routines of the database drivers
 */
const namesOf: ReadonlyMap<string, readonly NamedBy[]> = new Map([
  ["TableCreate", named("table", "defined")],
  ["Table", named("table", "defined")],
  ["TableAlter", [...named("table", "used"), ...renaming("table")]],
  ["TableDrop", named("table", "dropped")],
  ["Insert", named("table", "used", "Table")],
  ["Column", named("column", "defined")],
  ["ColumnAdd", named("column", "defined")],
  ["ColumnChange", renaming("column")],
  ["ColumnDrop", named("column", "dropped")],
  ["Data", named("column", "used", "Key")],
  ["IndexColumn", named("column", "used")],
  ["UniqueColumn", named("column", "used")],
  ["Index", named("index", "defined")],
  ["IndexCreate", named("index", "defined")],
  ["IndexDrop", named("index", "dropped")],
  ["Unique", named("index", "defined")],
  ["UniqueCreate", named("index", "defined")],
  ["UniqueDrop", named("index", "dropped")],
  ["ForeignKey", named("table", "used", "ForeignTable")],
  ["ForeignKeyCreate", named("table", "used", "ForeignTable")],
  ["ForeignKeyDrop", named("table", "used", "ForeignTable")],
  [
    "Reference",
    [
      ...named("column", "used", "Local"),
      { attribute: "Foreign", kind: "column", role: "used", isForeign: true },
    ],
  ],
]);

/** The elements that give names to something new. */
export const definingElements: readonly string[] = [...namesOf].flatMap(([element, names]) =>
  names.some(({ role }) => role === "defined") ? [element] : [],
);

/** What is named by an element of this name, in a database section; empty for others. */
export function namedByElement(name: string): readonly NamedBy[] {
  return namesOf.get(name) ?? [];
}

/** The name that an element gives to something new; undefined when it gives none, or an empty one. */
export function newName(element: Element): Located | undefined {
  const by = namedByElement(element.name).find(({ role }) => role === "defined");
  const attribute = by && element.attribute(by.attribute);
  return attribute && attribute.value !== ""
    ? { value: attribute.value, span: attribute.valueSpan }
    : undefined;
}

/** The table that a statement is about once it is done; undefined when it does not say, or is no statement. */
export function tableOf(statement: Element): string | undefined {
  if (statement.name === "Insert") return statement.value("Table");
  if (!isStatement(statement.name)) return undefined;
  return statement.value("Name") ?? statement.value("NameNew") ?? statement.value("NameOld");
}

/** The table that an element inside a database section is about; undefined when it does not say. */
export function tableAround(element: Element): string | undefined {
  for (let outer: Element | undefined = element; outer; outer = outer.parent) {
    if (isStatement(outer.name)) return tableOf(outer);
  }
  return undefined;
}

/** Whether an element of this name is one that stands directly in a database section. */
function isStatement(name: string): boolean {
  return name === "Insert" || name === "Table" || /^Table(Create|Alter|Drop)$/.test(name);
}
