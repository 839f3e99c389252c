import type { StartTag, Tag } from "../../model/package-structure.ts";
import type { BrokenStatement, SqlValue } from "../schema-change.ts";
import type { SqlStatement } from "../sql-script.ts";
import { type Report, type SqlDriver, statement } from "./driver.ts";
import { nameProblem, rawValueProblem } from "./problems.ts";

/**
 * The statement of `Insert`.
 *
 * @param now what `current_timestamp` is replaced by: the application's time, "YYYY-MM-DD hh:mm:ss"
 * @source Znuny 7.1 and OTOBO 11, Insert of all drivers
 */
export function insertRow(
  work: readonly Tag[],
  origin: StartTag,
  driver: SqlDriver,
  report: Report,
  now: string,
): SqlStatement {
  const starts = work.filter((tag) => tag.kind === "start");
  const tables = starts
    .filter(({ name }) => name === "Insert")
    .map((tag) => tag.attributes.get("Table") ?? "");
  const data = starts
    .filter(({ name }) => name === "Data")
    .filter(
      ({ attributes }) =>
        !(driver.omitsAutoIncrement && /^AutoIncrement$/i.test(attributes.get("Type") ?? "")),
    )
    .map((tag) => readData(tag, driver, report, now));
  const opening = tables.map((table) => `INSERT INTO ${driver.tableText(table)} `).join("");
  const columns = listOf(data.map(({ column }) => column));
  const values = listOf(data.map(({ value }) => value.sql));
  const table = tables.at(-1) ?? "";
  return {
    ...statement(
      `${opening}(${columns})\n    VALUES\n    (${values})`,
      { kind: "insert", table, values: data.map(({ column, value }) => ({ column, value })) },
      tables.length > 1 ? { id: "malformed-name", name: opening } : driver.tableProblem(table),
      data.length === 0 && !driver.acceptsEmptyRow ? { id: "no-columns" } : undefined,
      data.find(({ problem }) => problem)?.problem,
    ),
    tag: origin,
  };
}

interface InsertedData {
  readonly column: string;
  readonly value: SqlValue;
  readonly problem: BrokenStatement | undefined;
}

/** A `Type` other than exactly Quote leaves the text without quotes, but still with escapes. */
function readData(tag: StartTag, driver: SqlDriver, report: Report, now: string): InsertedData {
  const column = driver.escape(tag.attributes.get("Key") ?? "");
  const attribute = tag.attributes.get("Value");
  if (attribute !== undefined) report({ id: "deprecated-value-attribute", values: { column }, tag });
  const text = attribute ?? tag.content ?? "";
  const problem = nameProblem(column, driver);
  if (tag.attributes.get("Type") === "Quote")
    return { column, value: { sql: `'${driver.escape(text)}'`, text }, problem };
  if (text === "current_timestamp") return { column, value: { sql: `'${now}'`, text: now }, problem };
  const sql = driver.escape(text);
  return {
    column,
    value: { sql, text: undefined },
    problem: problem ?? rawValueProblem(sql, column, driver),
  };
}

/** There is no comma behind what has been empty so far. */
function listOf(parts: readonly string[]): string {
  let list = "";
  for (const part of parts) list += list === "" ? part : `, ${part}`;
  return list;
}
