import { dropFixes, tablesLeft } from "../../rules/shared/drop-fix.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import type { Assist, AssistPlace } from "./assist.ts";

const sections: ReadonlySet<string> = new Set(["DatabaseInstall", "DatabaseUninstall"]);

/** Makes the uninstallation drop all tables that the package creates and does not drop, those that refer to others first. */
export function dropTables({ spec, context, around }: AssistPlace): readonly Assist[] {
  if (!sections.has(around[0]!.name)) return [];
  const left = [...tablesLeft(databaseOf(spec))].filter(([key]) => !context.knowledge.table(key));
  const tables = left.map(([, name]) => name);
  const fix = dropFixes(spec, tables).get(tables[0] ?? "");
  if (!fix?.together?.length) return [];
  const title =
    tables.length === 1 ? "Drop table {table} at uninstallation" : "Drop {count} tables at uninstallation";
  return [{ title, arguments: { table: tables[0]!, count: tables.length }, edits: fix.together }];
}
