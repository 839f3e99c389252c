import { type DatabaseDifference, databaseDifference } from "../database/database-difference.ts";
import type { FileContent } from "../host/file-content.ts";
import type { Step } from "../lifecycle/plan.ts";
import type { Setting } from "../sysconfig/setting.ts";
import type { HomeChange, HomeEntry } from "../system/home.ts";
import type { PackageRow, PackageTable } from "../system/package-table.ts";
import type { SystemFacts } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";

/** What is not the same in two states of a system. */
export interface SystemDifference {
  /** By path. */
  readonly files: readonly FileDifference[];
  readonly packages: readonly PackageDifference[];
  readonly database: DatabaseDifference;
  readonly settings: readonly SettingDifference[];
}

export interface FileDifference {
  readonly path: string;
  readonly change: "added" | "removed" | "changed" | "mode";
  /** Undefined where there is nothing. */
  readonly before: EntryFacts | undefined;
  readonly after: EntryFacts | undefined;
}

export interface EntryFacts {
  readonly kind: HomeEntry["kind"];
  /** Permission bits; undefined for links and devices. */
  readonly mode: number | undefined;
  /** Bytes; undefined for what is no file, and where nobody knows. */
  readonly size: number | undefined;
}

export interface PackageDifference {
  readonly change: "added" | "removed";
  readonly name: string;
  readonly version: string;
  readonly status: PackageRow["status"];
}

/** A setting that a package brings. One of the framework's own that it takes over is changed, and then comes back. */
export interface SettingDifference {
  readonly change: "added" | "removed" | "changed" | "returned";
  readonly name: string;
  /** Undefined for none, and for that of the framework, whose value is not known. */
  readonly before: Setting | undefined;
  readonly after: Setting | undefined;
}

/** @param paths of all files that may differ; others are not looked at */
export function differenceOf(
  before: SystemState,
  after: SystemState,
  paths: Iterable<string>,
): SystemDifference {
  return {
    files: fileDifferences(before, after, paths),
    packages: packageDifferences(before.packages, after.packages),
    database:
      before.database === after.database ? noTables : databaseDifference(before.database, after.database),
    settings: settingDifferences(before, after),
  };
}

/** Every path that the steps of a plan touch, each once. */
export function pathsTouched(steps: readonly Step[]): Set<string> {
  const paths = new Set<string>();
  for (const { changes } of steps) {
    for (const change of changes) if (change.part === "home") addPaths(change.change, paths);
  }
  return paths;
}

export function isEmpty({ files, packages, database, settings }: SystemDifference): boolean {
  const { added, removed, changed } = database;
  const tables = added.length + removed.length + changed.length;
  return files.length + packages.length + tables + settings.length === 0;
}

const noTables: DatabaseDifference = { added: [], removed: [], changed: [] };

function addPaths(change: HomeChange, paths: Set<string>): void {
  if (change.kind === "move" || change.kind === "copy") {
    paths.add(change.from);
    paths.add(change.to);
  } else {
    paths.add(change.path);
  }
}

function fileDifferences(before: SystemState, after: SystemState, paths: Iterable<string>): FileDifference[] {
  const differences: FileDifference[] = [];
  for (const path of [...paths].sort()) {
    const old = before.home.entry(path);
    const now = after.home.entry(path);
    const change = changeOf(old, now, after.facts);
    if (change) differences.push({ path, change, before: factsOf(old), after: factsOf(now) });
  }
  return differences;
}

function changeOf(
  before: HomeEntry | undefined,
  after: HomeEntry | undefined,
  facts: SystemFacts,
): FileDifference["change"] | undefined {
  if (before === after) return undefined;
  if (!before) return "added";
  if (!after) return "removed";
  if (before.kind !== after.kind) return "changed";
  if (before.kind === "file" && after.kind === "file" && !isSame(before.content, after.content, facts))
    return "changed";
  return before.kind !== "other" && after.kind !== "other" && before.mode !== after.mode ? "mode" : undefined;
}

type Content = FileContent | "unknown" | "unreadable";

function isSame(before: Content, after: Content, facts: SystemFacts): boolean {
  if (typeof before === "string" || typeof after === "string") return before === after;
  return facts.areSame(before, after) !== false;
}

function factsOf(entry: HomeEntry | undefined): EntryFacts | undefined {
  if (!entry) return undefined;
  return {
    kind: entry.kind,
    mode: entry.kind === "other" ? undefined : entry.mode,
    size: entry.kind === "file" && typeof entry.content === "object" ? entry.content.size : undefined,
  };
}

function packageDifferences(before: PackageTable, after: PackageTable): PackageDifference[] {
  return [
    ...rowsOnlyIn(before, after).map((row) => packageDifference("removed", row)),
    ...rowsOnlyIn(after, before).map((row) => packageDifference("added", row)),
  ];
}

function packageDifference(
  change: PackageDifference["change"],
  { name, version, status }: PackageRow,
): PackageDifference {
  return { change, name, version, status };
}

/** Rows may be there twice, so that they are counted and not only looked for. */
function rowsOnlyIn(table: PackageTable, other: PackageTable): readonly PackageRow[] {
  const counts = new Map<string, number>();
  for (const row of other) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return table.filter((row) => {
    const left = counts.get(keyOf(row)) ?? 0;
    counts.set(keyOf(row), left - 1);
    return left <= 0;
  });
}

function keyOf({ name, version, status, digest }: PackageRow): string {
  return [name, version, status, digest].join("\n");
}

function settingDifferences(
  { settings: before, framework }: SystemState,
  { settings: after }: SystemState,
): SettingDifference[] {
  if (before === after) return [];
  const isOfFramework = (name: string) => framework.knowledge.isFrameworkSetting(name) === true;
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name): SettingDifference[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now || (old && now && JSON.stringify(old) === JSON.stringify(now))) return [];
    const change = old && now ? "changed" : now ? "added" : "removed";
    if (isOfFramework(name) && change !== "changed")
      return [{ change: now ? "changed" : "returned", name, before: old, after: now }];
    return [{ change, name, before: old, after: now }];
  });
}
