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
  /** One for each file; none where they are left out of the plan. */
  readonly steps: readonly Step[];
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
 * Writes or removes the files of a package, as it was done before to this home where nothing about them is new.
 *
 * @param work one step for each file, unless it writes and such steps are left out; each has a key that no other step has
 */
export function asLastTime(
  planning: Planning,
  kind: Work,
  contents: PackageContents,
  work: () => void,
): void {
  const { facts, home } = planning.system;
  const { sameness } = home;
  if (!sameness || !planning.assumesNothing) {
    work();
    return;
  }
  const circumstances = circumstancesOf(planning, kind);
  const known = lastDone(sameness);
  const last =
    known.find((done) => done.circumstances === circumstances && done.files === contents.files) ??
    known.find((done) => done.circumstances === circumstances && areSame(done.files, contents.files));
  if (last) {
    home.makeAgain(last.changes);
    last.steps.forEach((step, index) => {
      planning.addAgain(step, planning.spanIn(contents, contents.files[index]!.tag));
    });
    return;
  }
  const first = planning.steps.length;
  const { unanswered } = facts;
  work();
  const steps = planning.steps.slice(first);
  const isSilent = kind === "write" && planning.withoutFileSteps;
  const isWhole = steps.length === (isSilent ? 0 : contents.files.length);
  if (planning.stopped || !isWhole || facts.unanswered !== unanswered) return;
  known.unshift({ circumstances, files: contents.files, changes: home.share(), steps });
  let count = 0;
  const end = known.findIndex(({ files }) => {
    count += files.length;
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
