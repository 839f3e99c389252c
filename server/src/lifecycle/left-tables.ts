import { applySchemaChange } from "../database/apply-schema-change.ts";
import type { Database } from "../database/database.ts";
import { generateSql } from "../database/generate-sql.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { Table } from "../database/table.ts";
import type { StartTag, Tag } from "../model/package-structure.ts";
import { conditionOf } from "./conditions.ts";
import { isEndOf } from "./database-gates.ts";
import type { Planning } from "./planning.ts";

/** Tables that the package makes, by installing or upgrading, and that are there at this moment. */
export function leftTables(planning: Planning): readonly string[] {
  const made = (["DatabaseInstall", "DatabaseUpgrade"] as const).flatMap((family) =>
    tablesMadeBy(changesOf(planning, [...planning.structure.database[family].values()].flat())),
  );
  return [...new Set(made)].filter((name) => typeof planning.system.database.table(name) === "object");
}

/**
 * Tables of the package that are not now what a fresh install of it would make. Rows and the order of columns and
 * keys do not count.
 */
export function tablesUnlikeInstalled(planning: Planning): readonly string[] {
  const sections = planning.structure.database.DatabaseInstall;
  const tags = ["pre", "post"].flatMap((phase) => allowedTags(planning, sections.get(phase) ?? []));
  const changes = changesOf(planning, tags);
  const names = [...new Set(tablesMadeBy(changes))];
  if (names.length === 0) return [];
  const { database } = planning.system;
  const without = names.reduce((all, name) => all.withoutTable(name), database);
  const fresh = changes.reduce<Database>((all, change) => applySchemaChange(all, change).database, without);
  return names.filter((name) => {
    const [now, meant] = [database.table(name), fresh.table(name)];
    if (typeof meant !== "object") return false;
    return typeof now !== "object" || shapeOf(now) !== shapeOf(meant);
  });
}

function changesOf(planning: Planning, tags: readonly Tag[]): readonly SchemaChange[] {
  const { main, post } = generateSql(tags, planning.system.database.kind, planning.system.framework);
  return [...main, ...post].flatMap(({ change }) => (change ? [change] : []));
}

function tablesMadeBy(changes: readonly SchemaChange[]): readonly string[] {
  return changes.flatMap((change) => {
    if (change.kind === "create-table") return [change.table];
    return change.kind === "rename-table" ? [change.to] : [];
  });
}

/** Without what its conditions keep from running. */
function allowedTags(planning: Planning, tags: readonly Tag[]): readonly Tag[] {
  let skipped: StartTag | undefined;
  return tags.filter((tag) => {
    if (skipped) {
      if (isEndOf(tag, skipped)) skipped = undefined;
      return false;
    }
    if (tag.kind === "start" && conditionOf(planning, tag, "database").reason) skipped = tag;
    return !skipped;
  });
}

/** What tells one table from another, whatever its rows. */
function shapeOf({ columns, primaryKey, keys, foreignKeys }: Table): string {
  const sorted = (parts: readonly object[]) => parts.map((part) => JSON.stringify(part)).sort();
  return JSON.stringify([
    sorted(columns),
    primaryKey,
    sorted(keys.map(({ name, unique, columns: members }) => ({ name, unique, members }))),
    sorted(foreignKeys),
  ]);
}
