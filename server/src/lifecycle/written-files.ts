import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import type { SharedChanges } from "../system/home.ts";
import { memo } from "../text/memo.ts";
import type { Step } from "./plan.ts";
import type { Planning } from "./planning.ts";

/** What writing or removing the files of a package came to in a home. */
interface DoneFiles {
  /** Whether they were written or removed, and all else that the outcome depends on beside the home and the files. */
  readonly circumstances: string;
  readonly files: readonly PackageFile[];
  readonly changes: SharedChanges;
  readonly steps: readonly FileStep[];
}

/** A step, and the place of its file in the list. */
interface FileStep {
  readonly step: Step;
  readonly place: number;
}

type Work = "write" | "remove";

/**
 * While somebody edits a spec, it is put into the same system again and again, and nearly always with the same files,
 * which may be thousands; and upgrades from many versions do the same on each database. By what tells a home from others,
 * what was done to it, the newest first.
 */
const lastDone = memo((_sameness: object): DoneFiles[] => []);

/** So many files are kept of each home, and those of one package whatever they are. */
const mostKept = 20_000;

/**
 * Writes or removes the files of a package in document order, as it was done before to this home where nothing about them
 * is new.
 *
 * @param mayRepeat false where the steps depend on what else the operation has done
 * @param work adds at most one step
 */
export function doFiles(
  planning: Planning,
  kind: Work,
  contents: PackageContents,
  mayRepeat: boolean,
  work: (file: PackageFile) => void,
): void {
  const { facts, home } = planning.system;
  const { files } = contents;
  const { sameness } = home;
  if (!mayRepeat || !sameness || !planning.assumesNothing) {
    for (const file of files) {
      work(file);
      if (planning.stopped) return;
    }
    return;
  }
  const circumstances = circumstancesOf(planning, kind);
  const known = lastDone(sameness);
  const last =
    known.find((done) => done.circumstances === circumstances && done.files === files) ??
    known.find((done) => done.circumstances === circumstances && areSame(done.files, files));
  if (last) {
    home.makeAgain(last.changes);
    for (const { step, place } of last.steps)
      planning.addAgain(step, planning.spanIn(contents, files[place]!.tag));
    return;
  }
  const { unanswered } = facts;
  const steps: FileStep[] = [];
  for (let place = 0; place < files.length; place++) {
    const count = planning.steps.length;
    work(files[place]!);
    if (planning.stopped) return;
    if (planning.steps.length > count) steps.push({ step: planning.steps[count]!, place });
  }
  if (facts.unanswered !== unanswered) return;
  known.unshift({ circumstances, files, changes: home.share(), steps });
  let count = 0;
  const end = known.findIndex((done) => {
    count += done.files.length;
    return count > mostKept;
  });
  if (end >= 0) known.length = Math.max(end, 1);
}

function circumstancesOf(planning: Planning, kind: Work): string {
  const { operation, depth, release, behaviour, environment, slashesCollapsed, withoutFileSteps } = planning;
  return JSON.stringify([
    ...[kind, withoutFileSteps, operation, depth, release.dialect, release.version, behaviour],
    ...[environment, slashesCollapsed],
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
