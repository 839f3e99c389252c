import { homePath } from "../system/home-path.ts";
import type { SystemChange } from "../system/system-state.ts";
import { installedRows } from "./installed-rows.ts";
import { collapseSlashes } from "./locations.ts";
import { homeChange, type Planning } from "./planning.ts";

/**
 * What a system loses when code takes a package out that was merged: its files, and what was saved in place of files of
 * the framework, which are left alone; then its rows. No section of it runs, and files that were changed by hand are not
 * copied. Without a list of the framework's files nothing happens.
 *
 * @returns nothing for a package that is not installed
 * @source OTRS 5.0, _PackageUninstallMerged
 */
export function changesOfMergedUninstall({ system }: Planning, name: string): readonly SystemChange[] {
  const row = installedRows(system.packages, name).at(-1);
  const { home } = system;
  const hasList = home.isFrameworkFile("") !== undefined;
  if (!row || !hasList) return [];
  const paths = new Set<string>();
  for (const { location } of system.archives.contents(row.digest).files) {
    const path = location === undefined ? undefined : homePath(collapseSlashes(location));
    if (location === undefined || path === undefined) continue;
    paths.add(home.isFrameworkFile(location) ? `${path}.save` : path);
  }
  return [
    ...[...paths]
      .filter((path) => home.entry(path)?.kind === "file")
      .map((path) => homeChange({ kind: "delete", path })),
    { part: "packages", change: { kind: "remove-rows", name, version: undefined } },
  ];
}
