import type { Schema } from "../../dialect/schema.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import { escapeXml } from "../../text/escape.ts";
import type { Fix } from "../rule.ts";
import { columnUpgradeFixes, indexUpgradeFixes, keyUpgradeFixes, tableUpgradeFixes } from "./install-fix.ts";
import { blockAround, inDatabaseSection } from "./section-place.ts";

/** A part of a database that only a fresh install makes. */
export interface MissingPart {
  readonly cause: "not-in-upgrade";
  /** "table", "column", "key", "foreign-key" or "row"; of others nothing is written. */
  readonly kind: string;
  readonly table: string;
  /** Of the column or the key; empty for a table and a row. */
  readonly name: string;
  /** From below which upgrades have to make it. */
  readonly gate: string;
  /** The elements with the values of a row; empty for everything else, and where they are not known. */
  readonly values: readonly string[];
}

/** Writes a part of the installation into upgrades as well. */
export function missingPartFixes(
  spec: PackageSpec,
  { kind, table, name, gate, values }: MissingPart,
  schema: Schema,
): readonly Fix[] {
  const installed = databaseOf(spec).installed.table(table);
  switch (kind) {
    case "table":
      return installed ? tableUpgradeFixes(spec, installed, gate, schema) : [];
    case "column": {
      const column = installed?.columns.get(name.toLowerCase());
      return column ? columnUpgradeFixes(spec, table, column, gate, schema) : [];
    }
    case "key": {
      const index = installed?.indexes.get(name.toLowerCase());
      return index ? indexUpgradeFixes(spec, table, index, gate, schema) : [];
    }
    case "foreign-key": {
      const keys = [...(installed?.foreignKeys.values() ?? [])];
      const own = keys.filter(({ local }) => local.toLowerCase() === name.toLowerCase());
      return own.length === 1 ? keyUpgradeFixes(spec, table, own[0]!, gate, schema) : [];
    }
    case "row":
      return values.length > 0 ? rowUpgradeFixes(spec, table, values, gate) : [];
    default:
      return [];
  }
}

function rowUpgradeFixes(
  spec: PackageSpec,
  table: string,
  values: readonly string[],
  version: string,
): readonly Fix[] {
  const start = `<Insert Table="${escapeXml(table)}" Version="${escapeXml(version)}">`;
  const edit = inDatabaseSection(spec, "DatabaseUpgrade", [blockAround(start, [values], "Insert")]);
  const title = "Insert the row in upgrades to {version} as well";
  return edit ? [{ title, arguments: { version }, edits: [edit] }] : [];
}
