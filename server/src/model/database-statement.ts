import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";
import type { TypedColumn } from "./column-type.ts";

/**
 * What an element directly in a database section says. Names are as written and empty when missing. The elements in
 * it are placed relative to the start of the statement, so that the same node always gives the same object.
 */
export type DatabaseStatement = TableCreation | TableAlteration | TableRemoval | RowInsertion;

export interface TableCreation {
  readonly kind: "create";
  readonly table: string;
  readonly columns: readonly ColumnDefinition[];
  /** By name in lower case; of several of one name the last. */
  readonly columnsByName: ReadonlyMap<string, ColumnDefinition>;
  readonly indexes: readonly IndexDefinition[];
  readonly foreignKeys: readonly ForeignKeyDefinition[];
}

export interface TableAlteration {
  readonly kind: "alter";
  /** The table that the changes go to. */
  readonly table: string;
  /** Set when the table is renamed before it is changed. */
  readonly renamed: { readonly from: string; readonly to: string } | undefined;
  /** In document order, which is the order they are made in. */
  readonly changes: readonly TableChange[];
}

export type TableChange =
  | { readonly kind: "column-add"; readonly column: ColumnDefinition }
  | { readonly kind: "column-change"; readonly oldName: string; readonly column: ColumnDefinition }
  | { readonly kind: "column-drop"; readonly name: string; readonly element: Element }
  | { readonly kind: "index-create" | "index-drop"; readonly index: IndexDefinition }
  | { readonly kind: "foreign-key-create" | "foreign-key-drop"; readonly foreignKey: ForeignKeyDefinition };

export interface TableRemoval {
  readonly kind: "drop";
  readonly table: string;
}

export interface RowInsertion {
  readonly kind: "insert";
  readonly table: string;
  readonly values: readonly InsertedValue[];
}

export interface ColumnDefinition extends TypedColumn {
  readonly element: Element;
  readonly name: string;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly autoIncrement: boolean;
  /** Undefined when none is given; an empty one counts as given. */
  readonly default: string | undefined;
}

/** An index or a unique constraint. */
export interface IndexDefinition {
  readonly element: Element;
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly {
    readonly element: Element;
    readonly name: string;
    /** How many characters MySQL indexes; unique constraints have no such thing. */
    readonly size: string | undefined;
  }[];
}

export interface ForeignKeyDefinition {
  readonly element: Element;
  /** The table that is referred to. */
  readonly table: string;
  readonly references: readonly {
    readonly element: Element;
    readonly local: string;
    readonly foreign: string;
  }[];
}

export interface InsertedValue {
  readonly element: Element;
  readonly column: string;
  /** `quote` and `auto-increment` as the generator understands them. */
  readonly form: "quote" | "auto-increment" | "plain";
  /** With all blanks around it, from the attribute `Value` when there is one. */
  readonly text: string;
}

/**
 * Reads an element directly in a database section; undefined for elements that make no statement.
 *
 * @source Znuny 7.1 and OTOBO 11, SQLProcessor and the routines of the database drivers
 */
export function readStatement(node: ElementNode): DatabaseStatement | undefined {
  return statementNames.has(node.name) ? statementOf(node) : undefined;
}

/** The attributes of `Column`, `ColumnAdd` and, with its new name, `ColumnChange`. */
export function readColumn(element: Element): ColumnDefinition {
  if (lastRead?.element !== element) lastRead = freshColumn(element);
  return lastRead;
}

/** The last answer: many rules ask about one column, one right after the other. */
let lastRead: ColumnDefinition | undefined;

function freshColumn(element: Element): ColumnDefinition {
  return {
    element,
    name: element.value(element.name === "ColumnChange" ? "NameNew" : "Name") ?? "",
    type: (element.value("Type") ?? "").toUpperCase(),
    size: element.value("Size"),
    required: isTrue(element.value("Required")),
    primaryKey: /true/i.test(element.value("PrimaryKey") ?? ""),
    autoIncrement: isTrue(element.value("AutoIncrement")),
    default: element.value("Default"),
  };
}

/** The columns that a statement makes. */
export function newColumns(statement: DatabaseStatement): readonly ColumnDefinition[] {
  if (statement.kind === "create") return statement.columns;
  if (statement.kind !== "alter") return [];
  return statement.changes.flatMap((change) => (change.kind === "column-add" ? [change.column] : []));
}

/** Of the switches only this word counts, in any letter case. */
function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}

const statementNames: ReadonlySet<string> = new Set([
  "TableCreate",
  "Table",
  "TableAlter",
  "TableDrop",
  "Insert",
]);

const statementOf = memo((node: ElementNode) => freshStatement(new Element(node, 0, undefined)));

function freshStatement(element: Element): DatabaseStatement {
  const table = element.value("Name") ?? "";
  switch (element.name) {
    case "TableAlter":
      return readAlteration(element);
    case "TableDrop":
      return { kind: "drop", table };
    case "Insert":
      return {
        kind: "insert",
        table: element.value("Table") ?? "",
        values: element.childrenNamed("Data").map(readValue),
      };
    default: {
      const columns = element.childrenNamed("Column").map(readColumn);
      return {
        kind: "create",
        table,
        columns,
        columnsByName: new Map(columns.map((column) => [column.name.toLowerCase(), column])),
        indexes: element.elements
          .filter(({ name }) => name === "Index" || name === "Unique")
          .map((child) => readIndex(child)),
        foreignKeys: element.childrenNamed("ForeignKey").map(readForeignKey),
      };
    }
  }
}

function readAlteration(element: Element): TableAlteration {
  const from = element.value("NameOld");
  const to = element.value("NameNew");
  return {
    kind: "alter",
    table: element.value("Name") || to || "",
    renamed: from && to ? { from, to } : undefined,
    changes: element.elements.flatMap(readChange),
  };
}

function readChange(element: Element): readonly TableChange[] {
  switch (element.name) {
    case "ColumnAdd":
      return [{ kind: "column-add", column: readColumn(element) }];
    case "ColumnChange":
      return [
        { kind: "column-change", oldName: element.value("NameOld") ?? "", column: readColumn(element) },
      ];
    case "ColumnDrop":
      return [{ kind: "column-drop", name: element.value("Name") ?? "", element }];
    case "IndexCreate":
    case "UniqueCreate":
      return [{ kind: "index-create", index: readIndex(element) }];
    case "IndexDrop":
    case "UniqueDrop":
      return [{ kind: "index-drop", index: readIndex(element) }];
    case "ForeignKeyCreate":
      return [{ kind: "foreign-key-create", foreignKey: readForeignKey(element) }];
    case "ForeignKeyDrop":
      return [{ kind: "foreign-key-drop", foreignKey: readForeignKey(element) }];
    default:
      return [];
  }
}

function readIndex(element: Element): IndexDefinition {
  const unique = element.name.startsWith("Unique");
  return {
    element,
    name: element.value("Name") ?? "",
    unique,
    columns: element.childrenNamed(unique ? "UniqueColumn" : "IndexColumn").map((column) => ({
      element: column,
      name: column.value("Name") ?? "",
      size: unique ? undefined : column.value("Size"),
    })),
  };
}

function readForeignKey(element: Element): ForeignKeyDefinition {
  return {
    element,
    table: element.value("ForeignTable") ?? "",
    references: element.childrenNamed("Reference").map((reference) => ({
      element: reference,
      local: reference.value("Local") ?? "",
      foreign: reference.value("Foreign") ?? "",
    })),
  };
}

function readValue(element: Element): InsertedValue {
  const type = element.value("Type") ?? "";
  return {
    element,
    column: element.value("Key") ?? "",
    form: type === "Quote" ? "quote" : type.toLowerCase() === "autoincrement" ? "auto-increment" : "plain",
    text: element.value("Value") ?? element.text.value,
  };
}
