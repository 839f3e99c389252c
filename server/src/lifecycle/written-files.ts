import type { PackageFile } from "../builder/package-contents.ts";
import type { Home, SharedChanges } from "../system/home.ts";
import type { Planning } from "./planning.ts";

/** What writing the files of a package last came to in a home. */
interface WrittenFiles {
  readonly circumstances: string;
  readonly files: readonly PackageFile[];
  readonly changes: SharedChanges;
}

/**
 * While somebody edits a spec, it is put into the same system again and again, and nearly always with the same files,
 * which may be thousands.
 */
const lastWritten = new WeakMap<Home, WrittenFiles>();

/** Writes the files as they were last written into this home. Returns false where anything about them is new. */
export function writeAgain(planning: Planning): boolean {
  const { home } = planning.system;
  const last = home.unchanged && lastWritten.get(home.unchanged);
  if (last?.circumstances !== circumstancesOf(planning)) return false;
  if (!areSame(last.files, planning.contents.files)) return false;
  home.makeAgain(last.changes);
  return true;
}

/** @param base what the home was before the files were written */
export function rememberWritten(planning: Planning, base: Home): void {
  const { contents, system } = planning;
  const changes = system.home.share();
  lastWritten.set(base, { circumstances: circumstancesOf(planning), files: contents.files, changes });
}

/** All that the outcome depends on beside the home and the files. */
function circumstancesOf({ operation, release, behaviour, environment, slashesCollapsed }: Planning): string {
  return JSON.stringify([
    operation,
    release.dialect,
    release.version,
    behaviour,
    environment,
    slashesCollapsed,
  ]);
}

function areSame(files: readonly PackageFile[], others: readonly PackageFile[]): boolean {
  return files.length === others.length && files.every((file, index) => isSame(file, others[index]!));
}

function isSame(file: PackageFile, other: PackageFile): boolean {
  return (
    file.content === other.content &&
    file.permission === other.permission &&
    file.type === other.type &&
    file.location === other.location
  );
}
