import type { SettingStore } from "../sysconfig/setting.ts";
import { type Home, unlikePaths } from "./home.ts";
import type { PackageRow, PackageTable } from "./package-table.ts";
import type { SystemState } from "./system-state.ts";

/**
 * Whether whatever is done next comes to the same on both, which were made by changes to the same system.
 *
 * @param mattersAsFolder false for paths below the home at which a folder is as good as nothing
 */
export function areSameSystems(
  a: SystemState,
  b: SystemState,
  mattersAsFolder: (path: string) => boolean = () => true,
): boolean {
  return (
    a === b ||
    (a.framework === b.framework &&
      a.facts === b.facts &&
      areSamePackages(a.packages, b.packages) &&
      a.database.isAs(b.database) &&
      areSameSettings(a.settings, b.settings) &&
      areSameHomes(a.home, b.home, mattersAsFolder))
  );
}

function areSamePackages(a: PackageTable, b: PackageTable): boolean {
  return a.length === b.length && a.every((row, index) => areSameRows(row, b[index]!));
}

function areSameRows(a: PackageRow, b: PackageRow): boolean {
  return (
    a.digest === b.digest &&
    a.name === b.name &&
    a.version === b.version &&
    a.vendor === b.vendor &&
    a.status === b.status
  );
}

function areSameSettings(a: SettingStore, b: SettingStore): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [name, setting] of a) {
    const [otherName, other] = others.next().value!;
    if (name !== otherName) return false;
    if (setting !== other && JSON.stringify(setting) !== JSON.stringify(other)) return false;
  }
  return true;
}

function areSameHomes(a: Home, b: Home, mattersAsFolder: (path: string) => boolean): boolean {
  return (
    unlikePaths(a, b)?.every((path) => {
      const [entry, other] = [a.entry(path), b.entry(path)];
      return (!entry || !other) && (entry ?? other)?.kind === "folder" && !mattersAsFolder(path);
    }) ?? false
  );
}
