import { type DatabaseError, databaseError } from "./database-error.ts";
import type { DatabaseKind } from "./database-kind.ts";
import type { NewColumn, SqlValue } from "./schema-change.ts";
import { valueType } from "./value-type.ts";

export type StoredValue =
  | { readonly kind: "value"; readonly value: string | null }
  | { readonly kind: "refused"; readonly error: DatabaseError };

/**
 * What a column keeps of a value, as a console prints it, or why it does not take it. NULL is looked at elsewhere.
 *
 * MySQL and MariaDB are taken to be strict, as the frameworks leave them.
 */
export function storedValue(value: SqlValue, column: NewColumn, kind: DatabaseKind): StoredValue {
  const sql = value.sql.trim();
  if (value.text === undefined && /^null$/i.test(sql)) return stored(null);
  if (value.text === undefined && /^default$/i.test(sql)) return defaultValue(column, kind);
  // Nobody works out functions and terms; whatever they give is taken to fit.
  if (value.text === undefined && !isNumber(sql) && !isWord(sql)) return stored(sql);
  const text = value.text ?? (/^true$/i.test(sql) ? "1" : /^false$/i.test(sql) ? "0" : sql);
  if (value.text === undefined && isWord(sql) && !/^(true|false)$/i.test(sql)) return stored(sql);
  return convert(text, column, kind);
}

/** The value of a row that says nothing about a column. */
export function defaultValue(column: NewColumn, kind: DatabaseKind): StoredValue {
  if (column.default === undefined) return stored(null);
  return convert(unquote(column.default), column, kind);
}

/** The text that a literal stands for. */
export function unquote(literal: string): string {
  const inner = /^'(.*)'$/s.exec(literal.trim())?.[1];
  return inner === undefined ? literal.trim() : inner.replaceAll("''", "'").replace(/\\(.)/gs, "$1");
}

/** A text in the form that a column keeps. */
export function convert(text: string, column: NewColumn, kind: DatabaseKind): StoredValue {
  const type = valueType(column.type, kind);
  const wrong = refused("value-wrong-type", { value: shorten(text), column: column.name, type: column.type });
  // The empty text is NULL for Oracle.
  if (kind === "oracle" && text === "") return stored(null);
  switch (type.family) {
    case "integer": {
      if (!isNumber(text)) return wrong;
      const number = wholeNumber(text);
      if (number === undefined) return stored(text.trim());
      if (type.maximum !== undefined && (number > type.maximum || number < -type.maximum - 1n))
        return refused("value-out-of-range", {
          value: shorten(text),
          column: column.name,
          type: column.type,
        });
      return stored(String(number));
    }
    case "decimal":
      return isNumber(text) ? stored(decimalText(text, column.type)) : wrong;
    case "text":
    case "blob": {
      const length = [...text].length;
      if (type.size !== undefined && length > type.size && text.trimEnd().length > type.size)
        return refused("value-too-long", { column: column.name, length, size: type.size });
      return stored(text);
    }
    case "date":
      return isDate(text, kind) ? stored(text) : wrong;
    case "other":
      return stored(text);
  }
}

function isNumber(text: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text);
}

function isWord(text: string): boolean {
  return /^[a-z_]\w*$/i.test(text);
}

/** Undefined for numbers with fractions and exponents, which nobody rounds here. */
function wholeNumber(text: string): bigint | undefined {
  const digits = /^\s*([-+]?)(\d{1,40})(?:\.0*)?\s*$/.exec(text);
  return digits ? BigInt(digits[2]!) * (digits[1] === "-" ? -1n : 1n) : undefined;
}

/** With as many digits behind the point as the type has. */
function decimalText(text: string, type: string): string {
  const digits = /,\s*(\d+)\s*\)/.exec(type)?.[1];
  const plain = /^\s*([-+]?\d+)(?:\.(\d*))?\s*$/.exec(text);
  if (digits === undefined || !plain) return text.trim();
  const [, whole = "", fraction = ""] = plain;
  if (fraction.length > Number(digits)) return text.trim();
  const places = fraction.padEnd(Number(digits), "0");
  return places === "" ? whole : `${whole}.${places}`;
}

function isDate(text: string, kind: DatabaseKind): boolean {
  if (kind === "postgresql" && /^\s*(now|today|tomorrow|yesterday|epoch|-?infinity)\s*$/i.test(text))
    return true;
  return /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,2}([ T]+\d{1,2}:\d{1,2}(:\d{1,2}(\.\d*)?)?)?\s*([-+]\d\d(:?\d\d)?|Z)?\s*$|^\s*\d{8}(\d{6})?\s*$/i.test(
    text,
  );
}

function stored(value: string | null): StoredValue {
  return { kind: "value", value };
}

function refused(...[id, values]: Parameters<typeof databaseError>): StoredValue {
  return { kind: "refused", error: databaseError(id, values) };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
