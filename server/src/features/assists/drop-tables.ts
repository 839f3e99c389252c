import { dropFixes } from "../../rules/shared/drop-fix.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { Assist, AssistPlace } from "./assist.ts";

const sections: ReadonlySet<string> = new Set(["DatabaseInstall", "DatabaseUninstall"]);

/** Makes the uninstallation drop all tables that the package creates and does not drop, those that refer to others first. */
export function dropTables({ spec, context, around }: AssistPlace): readonly Assist[] {
  if (!sections.has(around[0]!.name)) return [];
  const { installed, upgraded, uninstall } = databaseOf(spec);
  const dropped = new Set(
    uninstall.flatMap(({ statement }) => (statement.kind === "drop" ? [statement.table.toLowerCase()] : [])),
  );
  const names = new Map<string, string>();
  for (const { name, complete } of [...installed.tables, ...upgraded.tables]) {
    const key = name.toLowerCase();
    const isOwn = complete && key !== "" && !context.knowledge.table(key);
    if (isOwn && !dropped.has(key) && !installed.wasDropped(key)) names.set(key, names.get(key) ?? name);
  }
  const tables = [...names.values()];
  const fix = dropFixes(spec, tables).get(tables[0] ?? "");
  if (!fix?.together?.length) return [];
  const title =
    tables.length === 1 ? "Drop table {table} at uninstallation" : "Drop {count} tables at uninstallation";
  return [{ title, arguments: { table: tables[0]!, count: tables.length }, edits: fix.together }];
}
