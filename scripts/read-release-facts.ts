import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TableFact } from "../server/src/knowledge/knowledge.ts";
import type { ReleaseFacts } from "./render-knowledge.ts";

/**
 * Reads the reference lists of one release: `files.txt`, `settings.txt`, `tables.json`, `events.txt` and
 * `valuetypes.txt` in a folder that is named after the release. A list may be missing.
 */
export function readReleaseFacts(folder: string, id: string): ReleaseFacts {
  const text = (name: string) => readFileSync(join(folder, id, name), "utf8");
  const lines = (name: string) =>
    existsSync(join(folder, id, name)) ? text(name).split("\n").filter(Boolean) : undefined;
  const [files, settings, events, valueTypes] = [
    lines("files.txt"),
    lines("settings.txt")?.map((line) => {
      const [name = "", init = "", file = ""] = line.split("\t");
      return { name, init, file };
    }),
    lines("events.txt")?.map((line) => {
      const [name = "", sources = ""] = line.split("\t");
      return { name, sources: sources.split("; ") };
    }),
    lines("valuetypes.txt"),
  ];
  return {
    id,
    tables: Object.entries(JSON.parse(text("tables.json")) as Record<string, ListedTable>).map(toTableFact),
    ...(files && { files }),
    ...(settings && { settings }),
    ...(events && { events }),
    ...(valueTypes && { valueTypes }),
  };
}

/** A table of `tables.json`. */
interface ListedTable {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly size?: string;
    readonly required: boolean;
    readonly primaryKey?: true;
    readonly autoIncrement?: true;
    readonly default?: string;
  }[];
  readonly indexes: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly size?: string }[];
  }[];
  readonly uniques: readonly {
    readonly name: string | null;
    readonly columns: readonly { readonly name: string }[];
  }[];
  readonly foreignKeys: TableFact["foreignKeys"];
}

function toTableFact([name, table]: [string, ListedTable]): TableFact {
  return {
    name,
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.type,
      size: column.size,
      required: column.required,
      primaryKey: column.primaryKey ?? false,
      autoIncrement: column.autoIncrement ?? false,
      default: column.default,
    })),
    indexes: table.indexes.map(({ name, columns }) => ({
      name,
      columns: columns.map(({ name, size }) => ({ name, size })),
    })),
    uniques: table.uniques.map(({ name, columns }) => ({
      name: name ?? undefined,
      columns: columns.map(({ name }) => name),
    })),
    foreignKeys: table.foreignKeys.map(({ table, references }) => ({
      table,
      references: references.map(({ local, foreign }) => ({ local, foreign })),
    })),
  };
}
