import type { Switches } from "../../dialect/switches.ts";
import { isTrue, type StartTag } from "../../model/package-structure.ts";
import type { BrokenStatement, NewColumn, SqlValue } from "../schema-change.ts";
import type { SqlLanguage } from "./driver.ts";
import { nameProblem, rawValueProblem, typeProblem } from "./problems.ts";

/** What `Column`, `ColumnAdd` and `ColumnChange` say, in the words of a database. */
export interface Column {
  readonly tag: StartTag;
  /** Empty when there is none, like `type`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly autoIncrement: boolean;
  readonly primaryKey: boolean;
  /** As written by the author; an empty text is a default. */
  readonly givenDefault: string | undefined;
  /** The default as it stands in a statement; undefined when none is given. */
  readonly default: string | undefined;
  /** What rows without a value get: the default, or a zero or an empty text. */
  readonly filling: SqlValue;
  /** Why name or type break a statement. */
  readonly problem: BrokenStatement | undefined;
  readonly fillingProblem: BrokenStatement | undefined;
}

/**
 * Reads the attributes of a column.
 *
 * @param name where the new name stands
 * @source Znuny 7.1 and OTOBO 11, TableCreate and TableAlter of all drivers; a default is never escaped
 */
export function readColumn(tag: StartTag, name: string, language: SqlLanguage): Column {
  const type = language.translateType(tag.attributes.get("Type") ?? "", tag.attributes.get("Size"));
  const isNumeric = language.numericType.test(type);
  const givenDefault = tag.attributes.get("Default");
  const text = givenDefault ?? (isNumeric ? "0" : "");
  const unescaped = isNumeric ? undefined : language.unescape(text);
  const filling: SqlValue = { sql: isNumeric ? text : `'${text}'`, text: unescaped };
  const malformed: BrokenStatement | undefined =
    !isNumeric && unescaped === undefined ? { id: "malformed-value", column: name, value: text } : undefined;
  return {
    tag,
    name,
    type,
    required: saysTrue(tag, "Required"),
    autoIncrement: saysTrue(tag, "AutoIncrement"),
    primaryKey: /true/i.test(tag.attributes.get("PrimaryKey") ?? ""),
    givenDefault,
    default: givenDefault === undefined ? undefined : filling.sql,
    filling,
    problem: nameProblem(name, language) ?? typeProblem(type, name, language),
    fillingProblem: isNumeric ? rawValueProblem(text, name, language) : malformed,
  };
}

/**
 * What is wrong with `DEFAULT` and the default behind it. An empty one may turn out well: followed by NULL the whole
 * reads as `DEFAULT NULL`.
 */
export function defaultProblem(
  { name, default: text, fillingProblem }: Column,
  isFollowedByNull: boolean,
): BrokenStatement | undefined {
  if (text === undefined) return undefined;
  // As a value it is a word of every database, but no default can be the default.
  if (/^\s*default\s*$/i.test(text)) return { id: "malformed-value", column: name, value: text };
  if (text.trim() !== "") return fillingProblem;
  return isFollowedByNull ? undefined : { id: "default-missing", column: name };
}

/** The column as a statement defines it. */
export function newColumn(
  { name, type, default: text, autoIncrement }: Column,
  nullable: boolean,
  changes: Partial<NewColumn> = {},
): NewColumn {
  const isNull = text !== undefined && /^\s*(null\s*)?$/i.test(text);
  return { name, type, nullable, default: isNull ? undefined : text, autoIncrement, ...changes };
}

/** Whether a column that is added becomes the primary key. A new table takes more than the one word for true. */
export function becomesPrimaryKey({ tag }: Column, { columnAddPrimaryKey }: Switches): boolean {
  return columnAddPrimaryKey && saysTrue(tag, "PrimaryKey");
}

/** `Required`, `AutoIncrement` and `NoDefault` are true for exactly this word, in any letter case. */
export function saysTrue(tag: StartTag, attribute: string): boolean {
  return /^true$/i.test(tag.attributes.get(attribute) ?? "");
}

/** A value of an attribute that counts as given; the text 0 is false in Perl. */
export function givenValue(tag: StartTag, attribute: string): string | undefined {
  const value = tag.attributes.get(attribute);
  return isTrue(value) ? value : undefined;
}

/** The number that Perl takes a text for. */
export function leadingNumber(text: string): number {
  return Number.parseFloat(/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(text)?.[0] ?? "0");
}
