import type { PackageContents } from "../builder/package-contents.ts";
import type { Database } from "../database/database.ts";
import type { DatabaseDifference } from "../database/database-difference.ts";
import { Copies, copyEndings } from "../lifecycle/copies.ts";
import { planOperation } from "../lifecycle/plan-operation.ts";
import { differenceOf, type FileDifference, type SystemDifference } from "../report/system-difference.ts";
import { frameworkHome } from "../system/framework-home.ts";
import { homePath } from "../system/home-path.ts";
import type { SystemState } from "../system/system-state.ts";

/**
 * What of a package is left in a system after its uninstall.
 *
 * Nobody knows what the system was before the package came. So the package is put into a system as it is delivered and
 * taken out again, which shows the tables and settings that it leaves; of these, the ones that are there count. Copies
 * of files are looked for beside the places of the package's files.
 *
 * @throws PackageError when a content that is needed cannot be read
 */
export function leftoversOf(
  contents: PackageContents,
  before: SystemState,
  after: SystemState,
): SystemDifference {
  const { knowledge } = before.framework;
  const delivered: SystemState = {
    ...before,
    packages: [],
    home: frameworkHome(knowledge),
    database: before.database.delivered(knowledge),
    settings: new Map(),
  };
  // There may be thousands of files, and only those in XML make settings.
  const files = contents.files.filter(({ location = "" }) => /\.xml\s*$/i.test(location));
  const present = { ...contents, files };
  const installed = planOperation("install", present, delivered, { force: true }).after;
  const uninstalled = planOperation("uninstall", present, installed, { force: true }).after;
  const { database, settings } = differenceOf(delivered, uninstalled, []);
  return {
    files: copiesOf(contents, after),
    packages: [],
    database: stillThere(database, after.database),
    settings: settings.filter(({ name }) => after.settings.has(name)),
  };
}

function copiesOf({ files }: PackageContents, { home }: SystemState): readonly FileDifference[] {
  const copies = new Copies(home);
  return files.flatMap(({ location }): FileDifference[] => {
    const path = location === undefined ? undefined : homePath(location);
    if (path === undefined) return [];
    return copyEndings.flatMap((ending): FileDifference[] => {
      const copy = copies.of(path, ending);
      const entry = copy === undefined ? undefined : home.entry(copy);
      if (copy === undefined || entry?.kind !== "file" || home.isFrameworkFile(copy)) return [];
      const size = typeof entry.content === "object" ? entry.content.size : undefined;
      const facts = { kind: entry.kind, mode: entry.mode, size };
      return [{ path: copy, change: "added", before: undefined, after: facts }];
    });
  });
}

function stillThere({ added, changed }: DatabaseDifference, database: Database): DatabaseDifference {
  return {
    // With the rows that are in them, not those of an installation that nobody made.
    added: added.map(({ name }) => database.table(name)).filter((table) => typeof table === "object"),
    removed: [],
    changed: changed.filter(({ table }) => typeof database.table(table) === "object"),
  };
}
