import type { PackageSpec } from "../../model/package-spec.ts";
import { databaseOf, type PackageDatabase, type PlacedStatement } from "../../symbols/package-database.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeXml } from "../../text/escape.ts";
import type { Fix } from "../rule.ts";
import { besides, inDatabaseSection, isInRoot, runs } from "./section-place.ts";

/** No package comes near so many, and each of them may have to be dropped with all others. */
const tableLimit = 100;

/** The tables that the package makes and never drops, by name in lower case: fresh installations have them, or upgraded ones. */
export function tablesLeft({ installed, upgraded, uninstall }: PackageDatabase): Map<string, string> {
  const left = new Map<string, string>();
  for (const { name, complete } of [...installed.tables, ...upgraded.tables]) {
    const key = name.toLowerCase();
    if (complete && key !== "" && !installed.wasDropped(key) && !left.has(key)) left.set(key, name);
  }
  for (const { statement } of uninstall)
    if (statement.kind === "drop") left.delete(statement.table.toLowerCase());
  return left;
}

/**
 * The fixes that drop tables in `DatabaseUninstall`, by table as it is given.
 *
 * A table is dropped behind those that refer to it, and with those of them that are not dropped either, because no
 * database drops what is still referred to. There is no fix where that cannot be, as in a circle.
 *
 * @param tables those that nothing drops
 */
export function dropFixes(spec: PackageSpec, tables: readonly string[]): ReadonlyMap<string, Fix> {
  const fixes = new Map<string, Fix>();
  if (tables.length === 0 || tables.length > tableLimit) return fixes;
  const references = referencesIn(databaseOf(spec));
  const together = dropping(spec, withReferrers(tables, tables, references), references) ?? [];
  for (const table of tables) {
    const dropped = withReferrers([table], tables, references);
    const edits = dropping(spec, dropped, references);
    if (!dropped || !edits) continue;
    fixes.set(table, {
      title:
        dropped.length === 1
          ? "Drop table {table} at uninstallation"
          : "Drop table {table} at uninstallation, and first those that refer to it",
      arguments: { table },
      edits,
      together,
      // Whether data go with the package is not for us to say.
      asks: true,
    });
  }
  return fixes;
}

/** Which tables refer to which, all in lower case. */
export interface References {
  readonly parents: ReadonlyMap<string, ReadonlySet<string>>;
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The references that the package makes at any time. */
export function referencesIn({ installed, upgraded }: PackageDatabase): References {
  const parents = new Map<string, Set<string>>();
  const children = new Map<string, Set<string>>();
  for (const { name, foreignKeys } of [...installed.tables, ...upgraded.tables]) {
    const child = name.toLowerCase();
    for (const { foreignTable } of foreignKeys.values()) {
      const parent = foreignTable.toLowerCase();
      if (parent === child) continue;
      addTo(parents, child, parent);
      addTo(children, parent, child);
    }
  }
  return { parents, children };
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}

/**
 * Some tables and those of the others that refer to them, each behind all that refer to it. Undefined where they refer
 * to each other in a circle.
 */
export function withReferrers(
  some: readonly string[],
  all: readonly string[],
  { children }: References,
): readonly string[] | undefined {
  const written = new Map(all.map((table) => [table.toLowerCase(), table]));
  const state = new Map<string, "open" | "done">();
  const order: string[] = [];
  let isCircle = false;
  const visit = (key: string) => {
    if (state.get(key) === "open") isCircle = true;
    if (state.has(key)) return;
    state.set(key, "open");
    for (const child of children.get(key) ?? []) if (written.has(child)) visit(child);
    state.set(key, "done");
    order.push(written.get(key)!);
  };
  for (const table of some) visit(table.toLowerCase());
  return isCircle ? undefined : order;
}

/** Drops tables in this order, behind the last that refers to one of them and before the first that one refers to. */
function dropping(
  spec: PackageSpec,
  tables: readonly string[] | undefined,
  { parents, children }: References,
): readonly TextEdit[] | undefined {
  if (!tables) return undefined;
  const drops = tables.map((table) => [`<TableDrop Name="${escapeXml(table)}"/>`]);
  const uninstall = databaseOf(spec).uninstall.filter(runs);
  const near = (map: References["parents"]) =>
    new Set(tables.flatMap((table) => [...(map.get(table.toLowerCase()) ?? [])]));
  const [above, below] = [near(children), near(parents)];
  const after = uninstall.findLastIndex((each) => drop(each, above));
  const before = uninstall.findIndex((each) => drop(each, below));
  if (before >= 0 && after > before) return undefined;
  const behind = uninstall[after];
  if (behind) return isInRoot(behind) ? [besides(spec, behind.element, drops, "behind")] : undefined;
  const ahead = uninstall[before] ?? uninstall.find(({ statement }) => statement.kind === "drop");
  if (ahead && isInRoot(ahead)) return [besides(spec, ahead.element, drops, "ahead")];
  if (before >= 0) return undefined;
  const edit = inDatabaseSection(spec, "DatabaseUninstall", drops);
  return edit && [edit];
}

function drop({ statement }: PlacedStatement, tables: ReadonlySet<string>): boolean {
  return statement.kind === "drop" && tables.has(statement.table.toLowerCase());
}
