import { type DatabaseError, databaseError } from "./database-error.ts";
import { type DatabaseKind, engines } from "./engines.ts";
import { readDate, roundedDecimal } from "./numbers-and-dates.ts";
import type { NewColumn, SqlValue } from "./schema-change.ts";
import { type ValueType, valueType } from "./value-type.ts";

export type StoredValue =
  | { readonly kind: "value"; readonly value: string | null }
  | { readonly kind: "refused"; readonly error: DatabaseError };

/**
 * What a column keeps of a value, as a console prints it, or why it does not take it. NULL is looked at elsewhere.
 *
 * MySQL and MariaDB are taken to be strict, as the frameworks leave them.
 */
export function storedValue(value: SqlValue, column: NewColumn, kind: DatabaseKind): StoredValue {
  if (value.text !== undefined) return convert(value.text, column, kind);
  const sql = value.sql.trim();
  if (/^null$/i.test(sql)) return stored(null);
  if (/^default$/i.test(sql)) return defaultValue(column, kind);
  if (/^(true|false)$/i.test(sql)) return storedTruth(/^t/i.test(sql), column, kind);
  // Nobody works out functions and terms; whatever they give is taken to fit.
  if (!isNumber(sql)) return stored(sql);
  const { family } = valueType(column.type, kind);
  const { takesLooseDates, roundsNumbersOnly } = engines[kind];
  if (!takesLooseDates && family === "date") return misfit("value-wrong-type", sql, column);
  return convert(
    roundsNumbersOnly && family === "integer" ? (roundedDecimal(sql, 0) ?? sql) : sql,
    column,
    kind,
  );
}

function storedTruth(isTrue: boolean, column: NewColumn, kind: DatabaseKind): StoredValue {
  const { family, name } = valueType(column.type, kind);
  if (engines[kind].truthIsNumber) return convert(isTrue ? "1" : "0", column, kind);
  if (/^bool/.test(name)) return stored(isTrue ? "t" : "f");
  return family === "text"
    ? convert(String(isTrue), column, kind)
    : misfit("value-wrong-type", String(isTrue), column);
}

/** The value of a row that says nothing about a column. */
export function defaultValue(column: NewColumn, kind: DatabaseKind): StoredValue {
  const text = column.default;
  if (text === undefined || /^\s*default\s*$/i.test(text)) return stored(null);
  return storedValue({ sql: text, text: /^\s*'/.test(text) ? unquote(text, kind) : undefined }, column, kind);
}

/** A column with its default as the database keeps it: that of a number with a fraction may be stored like a value; one that is refused stays. */
export function withStoredDefault(column: NewColumn, kind: DatabaseKind): NewColumn {
  if (!engines[kind].storesDefaults || !column.default?.startsWith("'")) return column;
  if (valueType(column.type, kind).family !== "decimal") return column;
  const value = defaultValue(column, kind);
  return value.kind === "value" && value.value !== null ? { ...column, default: `'${value.value}'` } : column;
}

/** The text that a literal stands for. */
export function unquote(literal: string, kind: DatabaseKind): string {
  const inner = /^'(.*)'$/s.exec(literal.trim())?.[1];
  if (inner === undefined) return literal.trim();
  if (!engines[kind].readsBackslashes) return inner.replaceAll("''", "'");
  return inner.replace(/\\(.)|''/gs, (_, character: string = "'") => escapes[character] ?? character);
}

/** What a backslash makes of a letter where it has a meaning. */
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", 0: "\0", Z: "\x1a" };

/** A text in the form that a column keeps. */
export function convert(text: string, column: NewColumn, kind: DatabaseKind): StoredValue {
  const type = valueType(column.type, kind);
  const { emptyTextIsNull, takesLooseDates, takesZeroDates, datesHaveTimes, oddDates } = engines[kind];
  if (emptyTextIsNull && text === "") return stored(null);
  switch (type.family) {
    case "integer":
      return storedInteger(text, type, column, kind);
    case "decimal":
      return storedDecimal(text, type, column, kind);
    case "text":
    case "blob":
      return storedText(text, type, column);
    case "date": {
      const date = readDate(text, takesLooseDates, takesZeroDates);
      if (date !== undefined)
        return stored(type.name === "date" && !datesHaveTimes ? date.slice(0, 10) : date);
      return oddDates.some((form) => form.test(text))
        ? stored(text)
        : misfit("value-wrong-type", text, column);
    }
    case "other":
      return stored(text);
  }
}

function storedInteger(text: string, type: ValueType, column: NewColumn, kind: DatabaseKind): StoredValue {
  if (!isNumber(text) || (engines[kind].roundsNumbersOnly && !/^\s*[-+]?\d+\s*$/.test(text)))
    return misfit("value-wrong-type", text, column);
  const rounded = roundedDecimal(text, 0);
  const { maximum } = type;
  if (rounded === undefined) return misfit("value-out-of-range", text, column);
  const number = BigInt(rounded);
  const minimum = type.minimum ?? (maximum === undefined ? undefined : -maximum - 1n);
  const fits = (maximum === undefined || number <= maximum) && (minimum === undefined || number >= minimum);
  return fits ? stored(rounded) : misfit("value-out-of-range", text, column);
}

function storedDecimal(
  text: string,
  { name, size, scale }: ValueType,
  column: NewColumn,
  kind: DatabaseKind,
): StoredValue {
  if (!isNumber(text)) return misfit("value-wrong-type", text, column);
  if (name === "float") return stored(String(Number(text)));
  if (scale === undefined || size === undefined) return stored(text.trim());
  const rounded = roundedDecimal(text, scale);
  const digits = rounded?.replace(/^-?0*/, "").replace(/\..*/, "").length ?? Infinity;
  if (rounded === undefined || digits > size) return misfit("value-out-of-range", text, column);
  return stored(engines[kind].trimsDecimals && scale > 0 ? rounded.replace(/\.?0+$/, "") : rounded);
}

/** Blanks at the end that do not fit are cut off without a word. */
function storedText(text: string, { size, bytes }: ValueType, column: NewColumn): StoredValue {
  // A text has as many code units as characters at least.
  if (size !== undefined && text.length > size) {
    const characters = [...text];
    if (characters.length > size) {
      if (characters.slice(size).some((character) => character !== " "))
        return refused("value-too-long", { column: column.name, length: characters.length, size });
      return stored(characters.slice(0, size).join(""));
    }
  }
  if (bytes !== undefined && 3 * text.length > bytes && new TextEncoder().encode(text).length > bytes)
    return refused("value-too-long", { column: column.name, length: text.length, size: bytes });
  return stored(text);
}

function isNumber(text: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,4})?\s*$/i.test(text);
}

function stored(value: string | null): StoredValue {
  return { kind: "value", value };
}

function refused(...[id, values]: Parameters<typeof databaseError>): StoredValue {
  return { kind: "refused", error: databaseError(id, values) };
}

function misfit(
  id: "value-wrong-type" | "value-out-of-range",
  text: string,
  { name, type }: NewColumn,
): StoredValue {
  return refused(id, { value: shorten(text), column: name, type });
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
