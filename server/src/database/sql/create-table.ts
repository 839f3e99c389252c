import type { StartTag, Tag } from "../../model/package-structure.ts";
import type { SqlStatement } from "../sql-script.ts";
import { readColumn } from "./column.ts";
import { type KeyDraft, type Report, type SqlDriver, statement, type TableLine } from "./driver.ts";
import { foreignKeyStatements } from "./keys.ts";

export interface TableStatements {
  readonly main: readonly SqlStatement[];
  /** The foreign keys. */
  readonly post: readonly SqlStatement[];
}

/**
 * The statements of `TableCreate` and `Table`.
 *
 * @param work the tags collected since the last statement; elements that belong elsewhere are passed over
 * @param origin the tag of the table
 * @param randomNumber for the name of a unique constraint that has none
 * @source Znuny 7.1 and OTOBO 11, TableCreate of all drivers
 */
export function createTable(
  work: readonly Tag[],
  origin: StartTag,
  driver: SqlDriver,
  report: Report,
  randomNumber: () => number,
): TableStatements {
  const { opening, name, columns, uniques, indexes, references } = readTable(work, driver, randomNumber);
  const body = driver.tableBody(
    {
      name,
      columns: columns.map((tag) => readColumn(tag, tag.attributes.get("Name") ?? "", driver)),
      uniques: sortedByName(uniques),
      indexes: sortedByName(indexes),
    },
    report,
  );
  const { primaryKey, keys, lostColumns } = body;
  const { sql, parts } = tableText(opening.join(""), body.lines);
  const created = statement(
    sql,
    { kind: "create-table", table: name, columns: body.columns, lostColumns, primaryKey, keys },
    // A table inside a table: their statements run into each other.
    opening.length > 1 ? { id: "malformed-name", name: opening.join("") } : undefined,
    body.problem,
  );
  return {
    main: [{ ...created, tag: origin, parts }, ...body.following],
    post: [...references]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([foreignTable, tags]) =>
        tags.flatMap((tag) => foreignKeyStatements(name, foreignTable, tag, driver.createForeignKey, report)),
      ),
  };
}

function tableText(
  opening: string,
  lines: readonly TableLine[],
): Required<Pick<SqlStatement, "sql" | "parts">> {
  let sql = opening;
  const parts = lines.map(({ text, tag }, index) => {
    sql += index === 0 ? "    " : ",\n    ";
    const start = sql.length;
    sql += text;
    return { start, end: sql.length, tag };
  });
  return { sql: `${sql}\n)`, parts };
}

interface TableTags {
  /** One for each start tag of a table; there should be one. */
  readonly opening: readonly string[];
  readonly name: string;
  readonly columns: readonly StartTag[];
  readonly uniques: ReadonlyMap<string, KeyDraft>;
  readonly indexes: ReadonlyMap<string, KeyDraft>;
  readonly references: ReadonlyMap<string, readonly StartTag[]>;
}

/** Keys of the same name are one key, foreign keys to the same table one list. */
function readTable(work: readonly Tag[], driver: SqlDriver, randomNumber: () => number): TableTags {
  const opening: string[] = [];
  let name = "";
  const columns: StartTag[] = [];
  const uniques = new KeyCollection(true);
  const indexes = new KeyCollection(false);
  const references = new Map<string, StartTag[]>();
  let foreignTable = "";
  for (const tag of work) {
    if (tag.kind === "end") continue;
    switch (tag.name) {
      case "Table":
      case "TableCreate":
        name = tag.attributes.get("Name") ?? "";
        opening.push(`CREATE TABLE ${driver.tableText(name)} (\n`);
        break;
      case "Column":
        columns.push(tag);
        break;
      case "Index":
        indexes.begin(tag, tag.attributes.get("Name") ?? "");
        break;
      case "IndexColumn":
        indexes.add(tag);
        break;
      case "Unique": {
        const given = tag.attributes.get("Name");
        uniques.begin(tag, given && given !== "0" ? given : `${name}_U_${randomNumber()}`);
        break;
      }
      case "UniqueColumn":
        uniques.add(tag);
        break;
      case "ForeignKey":
        foreignTable = tag.attributes.get("ForeignTable") ?? "";
        break;
      case "Reference": {
        const known = references.get(foreignTable);
        if (known) known.push(tag);
        else references.set(foreignTable, [tag]);
        break;
      }
    }
  }
  return { opening, name, columns, uniques: uniques.keys, indexes: indexes.keys, references };
}

/** Keys with columns; one without never comes to be. */
class KeyCollection {
  readonly keys = new Map<string, CollectedKey>();
  readonly #unique: boolean;
  #name = "";
  #tag: StartTag | undefined;

  constructor(unique: boolean) {
    this.#unique = unique;
  }

  begin(tag: StartTag, name: string): void {
    this.#tag = tag;
    this.#name = name;
  }

  add(column: StartTag): void {
    const name = this.#name;
    const known = this.keys.get(name);
    if (known) {
      known.columns.push(keyColumn(column));
    } else {
      const columns = [keyColumn(column)];
      this.keys.set(name, { name, unique: this.#unique, columns, tag: this.#tag ?? column });
    }
  }
}

interface CollectedKey extends KeyDraft {
  readonly columns: KeyDraft["columns"][number][];
}

/** A size of 0 counts as none. */
export function keyColumn({ attributes }: StartTag): KeyDraft["columns"][number] {
  const size = attributes.get("Size");
  return { name: attributes.get("Name") ?? "", size: size && size !== "0" ? size : undefined };
}

function sortedByName(keys: ReadonlyMap<string, KeyDraft>): readonly KeyDraft[] {
  return [...keys.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
