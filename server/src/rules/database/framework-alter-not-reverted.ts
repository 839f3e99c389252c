import { codeMentions } from "../../symbols/code-section.ts";
import {
  createsTable,
  databaseOf,
  type PackageDatabase,
  type PlacedStatement,
  placed,
} from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** Removing a package does not take back what it did to tables of the framework. */
export const frameworkAlterNotReverted: PackageRule = {
  id: "framework-alter-not-reverted",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: {
    column:
      "Column “{name}” remains in table “{table}” of the framework after uninstallation, because nothing drops it.",
    index:
      "Index “{name}” remains on table “{table}” of the framework after uninstallation, because nothing drops it.",
  },

  check(spec, { knowledge }) {
    if (knowledge.release === undefined || spec.textOf("PackageIsRemovable")?.value.trim() === "0") return [];
    const database = databaseOf(spec);
    const reports: Report[] = [];
    const reported = new Set<string>();
    const droppedByTable = new Map<string, ReturnType<typeof droppedFrom>>();
    for (const statement of [...database.install, ...database.upgrade]) {
      const { statement: read } = statement;
      if (read.kind !== "alter" || !knowledge.table(read.table)) continue;
      if (createsTable(database, read.table)) continue;
      const { table } = read;
      const framework = new Set(knowledge.table(table)?.columns.map(({ name }) => name.toLowerCase()));
      let dropped = droppedByTable.get(table.toLowerCase());
      if (!dropped) {
        dropped = droppedFrom(database, table);
        droppedByTable.set(table.toLowerCase(), dropped);
      }
      for (const change of read.changes) {
        const index = change.kind === "index-create" ? change.index : undefined;
        const column = change.kind === "column-add" ? change.column : undefined;
        const name = column?.name ?? index?.name ?? "";
        const element = column?.element ?? index?.element;
        const key = `${table} ${index ? "#" : ""}${name}`.toLowerCase();
        if (!element || name === "" || reported.has(key)) continue;
        reported.add(key);
        if (column && framework.has(name.toLowerCase())) continue;
        if (index?.columns.some((each) => dropped.hasColumn(each.name))) continue;
        if (index ? dropped.indexes.has(name.toLowerCase()) : dropped.hasColumn(name)) continue;
        if (codeMentions(spec, name)) continue;
        reports.push({
          span: placeOf(placed(statement, element), "Name"),
          variant: index ? "index" : "column",
          arguments: { name, table },
        });
      }
    }
    return reports;
  },
};

/** What upgrades and the uninstallation drop from a table. */
function droppedFrom({ upgrade, uninstall }: PackageDatabase, table: string) {
  const columns = new Set<string>();
  const indexes = new Set<string>();
  const renamed = new Map<string, string>();
  const changes = [...upgrade, ...uninstall].flatMap((each) => changesOf(each, table));
  for (const change of changes) {
    if (change.kind === "column-drop") columns.add(change.name.toLowerCase());
    else if (change.kind === "column-change")
      renamed.set(change.oldName.toLowerCase(), change.column.name.toLowerCase());
    else if (change.kind === "index-drop") indexes.add(change.index.name.toLowerCase());
  }
  return {
    indexes,
    /** Under the name that it has now, or under one that it gets later. */
    hasColumn(name: string): boolean {
      const seen = new Set<string>();
      let key: string | undefined = name.toLowerCase();
      while (key !== undefined && !seen.has(key)) {
        if (columns.has(key)) return true;
        seen.add(key);
        key = renamed.get(key);
      }
      return false;
    },
  };
}

function changesOf({ statement }: PlacedStatement, table: string) {
  return statement.kind === "alter" && statement.table.toLowerCase() === table.toLowerCase()
    ? statement.changes
    : [];
}
