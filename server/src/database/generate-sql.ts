import type { FrameworkRelease } from "../dialect/switches.ts";
import { columnTypes } from "../model/column-type.ts";
import { isTrue, type StartTag, type Tag } from "../model/package-structure.ts";
import type { DatabaseKind } from "./engines.ts";
import { alterTable } from "./sql/alter-table.ts";
import { createTable } from "./sql/create-table.ts";
import type { SqlDriver } from "./sql/driver.ts";
import { driverFor, unguardedDriverFor } from "./sql/drivers.ts";
import { insertRow } from "./sql/insert.ts";
import type { SqlMessage, SqlScript, SqlStatement } from "./sql-script.ts";

export interface SqlOptions {
  /** What `current_timestamp` is replaced by, as "YYYY-MM-DD hh:mm:ss" in the time zone of the system. */
  readonly now: string;
}

/**
 * The statements that the framework makes of database elements.
 *
 * Elements count by their names alone, at whatever depth and in whatever element they stand. They are collected until
 * a table, an insert or the removal of a table is complete, so that one in the wrong place belongs to the next. A
 * unique constraint without a name gets a random number from the framework; here the numbers count from 0.
 *
 * @param tags those of one phase, or of one element of an upgrade
 * @param isGuarded whether the statements look first whether a key is there, as those of the framework do
 * @source Znuny 7.1 and OTOBO 11, SQLProcessor and SQLProcessorPost in Kernel/System/DB.pm
 */
export function generateSql(
  tags: readonly Tag[],
  database: DatabaseKind,
  release: FrameworkRelease,
  { now }: SqlOptions = { now: "1970-01-01 00:00:00" },
  isGuarded = true,
): SqlScript {
  const driver = (isGuarded ? driverFor : unguardedDriverFor)(database, release);
  const main: SqlStatement[] = [];
  const post: SqlStatement[] = [];
  const log: SqlMessage[] = [];
  const report = (message: SqlMessage) => log.push(message);
  let randomNumber = 0;
  const open: StartTag[] = [];
  let work: Tag[] = [];

  for (const tag of tags) {
    const isPaired = pairedNames.has(tag.name);
    if (!isPaired && !(tag.kind === "start" && singleNames.has(tag.name))) continue;
    work.push(tag);
    if (tag.kind === "start") {
      const complaint = complaintAbout(tag);
      if (complaint) log.push(complaint);
      if (tag.name === "TableDrop") {
        append(main, dropTable(work, tag, driver, report));
        work = [];
      } else if (isPaired) open.push(tag);
      continue;
    }
    const origin = closedTag(open, tag.name);
    if (!origin) continue;
    switch (tag.name) {
      case "Table":
      case "TableCreate": {
        const created = createTable(work, origin, driver, report, () => randomNumber++);
        append(main, created.main);
        append(post, created.post);
        break;
      }
      case "TableAlter":
        append(main, alterTable(work, driver, report));
        break;
      case "Insert":
        main.push(insertRow(work, origin, driver, report, now));
        break;
      default:
        continue;
    }
    work = [];
  }
  if (!driver.replacesLongCharacters) return { main, post, log };
  return { main: main.map(asSent), post: post.map(asSent), log };
}

/**
 * What a statement does when it goes over a connection in utf8, which has three bytes for a character.
 *
 * @source OTRS 6.0 and Znuny 7.0, Do in Kernel/System/DB.pm
 */
function asSent(statement: SqlStatement): SqlStatement {
  if (!longCharacter.test(statement.sql)) return statement;
  const { sql, change } = statement;
  return { ...statement, sent: withoutLongCharacters(sql), change: withoutLongCharacters(change) };
}

const longCharacter = /[\u{10000}-\u{10ffff}]/u;

function withoutLongCharacters<Data>(data: Data): Data {
  if (typeof data === "string") return data.replace(new RegExp(longCharacter, "gu"), "\ufffd") as Data;
  if (Array.isArray(data)) return data.map(withoutLongCharacters) as Data;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, withoutLongCharacters(value)]),
  ) as Data;
}

/** There can be more statements than a function takes arguments. */
function append(list: SqlStatement[], statements: readonly SqlStatement[]): void {
  for (const statement of statements) list.push(statement);
}

/** Collected with their end tags, which complete a statement or a part of one. */
const pairedNames: ReadonlySet<string> = new Set([
  ...["Table", "TableCreate", "TableAlter", "Insert"],
  ...["Unique", "UniqueCreate", "UniqueDrop", "UniqueColumn"],
  ...["Index", "IndexCreate", "IndexDrop", "IndexColumn"],
  ...["ForeignKey", "ForeignKeyCreate", "ForeignKeyDrop"],
]);

/** Collected without their end tags. Everything else is passed over. */
const singleNames: ReadonlySet<string> = new Set([
  ...["Column", "ColumnAdd", "ColumnChange", "ColumnDrop"],
  ...["TableDrop", "Data", "Reference"],
]);

/** The start tag that an end tag belongs to; sections of one phase may begin and end inside of others. */
function closedTag(open: StartTag[], name: string): StartTag | undefined {
  const index = open.findLastIndex((tag) => tag.name === name);
  return index < 0 ? undefined : open.splice(index)[0];
}

/** The framework takes the name from the first tag in hand, which is another when one stands in the wrong place. */
function dropTable(
  work: readonly Tag[],
  tag: StartTag,
  driver: SqlDriver,
  report: (message: SqlMessage) => void,
): readonly SqlStatement[] {
  const [first = tag] = work;
  const table = first.kind === "start" ? (first.attributes.get("Name") ?? "") : "";
  return driver.dropTable(table, (id) => report({ id, values: {}, tag })).map((draft) => ({ ...draft, tag }));
}

/** What is noticed before anything is made of a tag. The statements come all the same. */
function complaintAbout(tag: StartTag): SqlMessage | undefined {
  switch (tag.name) {
    case "Table":
    case "TableCreate": {
      const table = tag.attributes.get("Name") ?? "";
      return [...table].length > 30 ? { id: "table-name-too-long", values: { table }, tag } : undefined;
    }
    case "Column":
    case "ColumnAdd":
    case "ColumnChange":
    case "ColumnDrop": {
      const type = tag.attributes.get("Type");
      if (!isTrue(type) || (columnTypes as readonly string[]).includes(type!.toUpperCase())) return undefined;
      return { id: "unknown-type", values: { type: type! }, tag };
    }
    default:
      return undefined;
  }
}
