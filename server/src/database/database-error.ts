import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { BrokenStatement, SchemaChange } from "./schema-change.ts";

/** Why a database refuses a statement. */
export interface DatabaseError extends Message {
  readonly id: DatabaseErrorId | "broken";
}

export type DatabaseErrorId = keyof typeof databaseErrorTexts;

export const databaseErrorTexts = {
  "table-exists": "There is a table “{table}” already.",
  "table-missing": "There is no table “{table}”.",
  "table-referenced":
    "“{table}” cannot be dropped while the foreign key “{name}” of “{from}” refers to it. Drop that table or key first.",
  "column-exists": "“{table}” has a column “{column}” already.",
  "column-missing": "“{table}” has no column “{column}”.",
  "column-twice": "The column “{column}” is there twice.",
  "column-last": "“{column}” is the only column of “{table}”, and a table without columns cannot be.",
  "column-in-foreign-key": "The foreign key “{name}” needs the column “{column}”. Drop the key first.",
  "column-in-key": "The key “{name}” needs the column “{column}” beside others. Drop the key first.",
  "column-in-primary-key": "“{column}” is the primary key of “{table}” and cannot be NULL.",
  "columns-too-many": "“{table}” would have more than {limit} columns.",
  "row-too-long":
    "A row of “{table}” could take {bytes} bytes, and {limit} are allowed. A character takes {characterBytes}; texts above 255 characters do not count.",
  "text-size-invalid":
    "“{column}” cannot be {type}: for this database a text has at least one character. Raise its Size.",
  "digits-invalid":
    "“{column}” cannot be {type}: the database takes 1 to {most} digits, {scale} of them behind the point at most. Change its Size.",
  "primary-key-exists": "“{table}” has a primary key already, and there can be only one.",
  "auto-without-key":
    "“{column}” counts by itself, so it must be a key, and the only column of “{table}” that counts.",
  "auto-unfit": "“{column}” is {type}, and only a whole number can count by itself.",
  "primary-key-unfit": "“{column}” is {type}, which cannot be the primary key.",
  "keys-too-many": "“{table}” would have more than {limit} indexes.",
  "key-unfit": "“{column}” is {type}, which cannot be in an index.",
  "key-exists": "There is a table, an index or a constraint “{name}” already.",
  "key-missing": "There is no index or constraint “{name}”.",
  "key-needed": "The foreign key “{from}” needs the index “{name}”. Drop that key first.",
  "key-of-constraint": "The index “{name}” belongs to a constraint and can only be dropped with it.",
  "key-without-length":
    "Only the first characters of “{column}” can be indexed, so the index needs a Size; a Unique cannot have one.",
  "key-too-long":
    "The index “{name}” would take {bytes} bytes, and {limit} are allowed. A character takes {characterBytes}.",
  "key-size-invalid": "An index cannot take {size} characters of “{column}”.",
  "foreign-key-unindexed": "“{table}” has no key that begins with “{column}”, so nothing can refer to it.",
  "foreign-key-types":
    "“{column}” is {type} but “{foreignTable}.{foreignColumn}” is {foreignType}; a foreign key needs the same type on both sides.",
  "foreign-key-exists": "There is a foreign key “{name}” already.",
  "foreign-key-missing": "There is no foreign key “{name}”.",
  "parent-row-missing": "“{foreignTable}” has no row with {foreignColumn} {value}.",
  "null-already-refused": "“{column}” is NOT NULL already, and Oracle refuses to make it so again.",
  "column-not-empty": "“{column}” has values, and Oracle makes {type} of empty columns only.",
  "value-required": "“{column}” may not be NULL, and no value is given.",
  "value-wrong-type": "“{value}” cannot be stored in “{column}”, which is {type}.",
  "value-too-long": "The value for “{column}” has {length} characters; it takes {size}.",
  "value-out-of-range": "{value} is too large for “{column}”, which is {type}.",
  "value-twice": "“{value}” would be in “{name}” twice, which allows each value once.",
  "default-invalid": "{default} cannot be the default of “{column}”, which is {type}.",
  "type-not-convertible": "The values of “{column}” cannot be turned from {from} into {to} by themselves.",
} as const;

export function databaseError(id: DatabaseErrorId, values: MessageArguments = {}): DatabaseError {
  return { id, text: databaseErrorTexts[id], values };
}

/** A statement that is no SQL. */
export function brokenError(problem: BrokenStatement): DatabaseError {
  const { id, ...values } = problem;
  return { id: "broken", text: brokenTexts[id], values };
}

export const brokenTexts: Readonly<Record<BrokenStatement["id"], string>> = {
  "type-without-size": "The database cannot read the type of “{column}”, {type}: it needs a Size.",
  "unknown-type": "The database does not know the type of “{column}”, “{type}”.",
  "value-missing": "The database cannot read the statement, because “{column}” has no value.",
  "malformed-value":
    'The database cannot read “{value}”, the value of “{column}”. A text needs Type="Quote".',
  "default-missing": "The database cannot read the statement, because the Default of “{column}” is empty.",
  "name-missing": "The database cannot read the statement, because a name is missing in it.",
  "malformed-name": "The database cannot read “{name}” as a name, and the framework does not quote names.",
  "name-too-long": "“{name}” is too long for a name: the database takes {limit} characters.",
  "reserved-word": "“{name}” is a reserved word, and the framework does not quote names.",
  "conflicting-definition": "“{column}” counts by itself, so it cannot be NULL or have a Default.",
  "no-columns": "The database cannot read the statement, because it names no columns.",
};

/** Why a new table is not what its author wrote, although the database takes the statement; undefined where it is. */
export function lostColumns(change: SchemaChange): Message | undefined {
  if (change.kind !== "create-table" || change.lostColumns.length === 0) return undefined;
  return {
    text: "Columns are missing in the table: {columns}. The framework leaves out all columns before one with AutoIncrement, so that one belongs in front.",
    values: { columns: change.lostColumns.join(", ") },
  };
}
