import type { IndexDefinition } from "../../model/database-statement.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import type { SchemaTable } from "../../symbols/database-schema.ts";
import {
  createsTable,
  databaseOf,
  type PackageDatabase,
  type PlacedStatement,
  placed,
  schemaAfter,
} from "../../symbols/package-database.ts";
import { escapeXml } from "../../text/escape.ts";
import { memo } from "../../text/memo.ts";
import type { Fix, PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import {
  type Block,
  besides,
  blockAround,
  inDatabaseSection,
  isInRoot,
  runs,
} from "../shared/section-place.ts";

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
    const ownColumns = new Set<string>();
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
        if (column) ownColumns.add(`${table} ${name}`.toLowerCase());
        // A column takes its indexes along when it is dropped.
        const isKept = !index?.columns.some((each) => ownColumns.has(`${table} ${each.name}`.toLowerCase()));
        const left = schemaLeft(database).table(table);
        const drop = index ? indexDrop(index) : columnDrop(left, name);
        // What an upgrade gives another name is not there under this one.
        const isLeft = (index ? left?.indexes : left?.columns)?.has(name.toLowerCase());
        reports.push({
          span: placeOf(placed(statement, element), "Name"),
          variant: index ? "index" : "column",
          arguments: { name, table },
          fixes: isKept && isLeft ? reversal(spec, table, name, index ? "index" : "column", drop) : [],
        });
      }
    }
    return reports;
  },
};

/** Takes a change of a table back, before anything else is done at uninstallation: other tables may hang on it. */
function reversal(
  spec: PackageSpec,
  table: string,
  name: string,
  what: "column" | "index",
  drop: readonly Block[],
): readonly Fix[] {
  const change = blockAround(`<TableAlter Name="${escapeXml(table)}">`, drop, "TableAlter");
  const first = databaseOf(spec).uninstall.find((each) => runs(each) && isInRoot(each));
  const edit = first
    ? besides(spec, first.element, [change], "ahead")
    : inDatabaseSection(spec, "DatabaseUninstall", [change]);
  if (!edit) return [];
  const title =
    what === "column"
      ? "Drop column {name} of {table} at uninstallation"
      : "Drop index {name} of {table} at uninstallation";
  return [{ title, arguments: { name, table }, edits: [edit] }];
}

const schemaLeft = memo(({ install, upgrade, uninstall }: PackageDatabase) =>
  schemaAfter([...install, ...upgrade, ...uninstall]),
);

/** With the foreign keys that lie on it, which would keep it. */
function columnDrop(left: SchemaTable | undefined, name: string): readonly Block[] {
  const key = name.toLowerCase();
  return [
    ...[...(left?.foreignKeys.values() ?? [])]
      .filter(({ local }) => local.toLowerCase() === key)
      .map(({ local, foreignTable, foreign }) =>
        blockAround(
          `<ForeignKeyDrop ForeignTable="${escapeXml(foreignTable)}">`,
          [[`<Reference Local="${escapeXml(local)}" Foreign="${escapeXml(foreign)}"/>`]],
          "ForeignKeyDrop",
        ),
      ),
    [`<ColumnDrop Name="${escapeXml(name)}"/>`],
  ];
}

function indexDrop({ unique, name }: IndexDefinition): readonly Block[] {
  return [[`<${unique ? "Unique" : "Index"}Drop Name="${escapeXml(name)}"/>`]];
}

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
