import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import type { SharedChanges } from "../system/home.ts";
import type { Step } from "./plan.ts";
import type { Planning } from "./planning.ts";

/** What writing or removing the files of a package last came to in a home. */
interface DoneFiles {
  readonly circumstances: string;
  readonly files: readonly PackageFile[];
  readonly changes: SharedChanges;
  /** One for each file; none where they are left out of the plan. */
  readonly steps: readonly Step[];
}

type Work = "write" | "remove";

/**
 * While somebody edits a spec, it is put into the same system again and again, and nearly always with the same files,
 * which may be thousands. By what tells a home from others, one for each thing that is done to it.
 */
const lastDone = new WeakMap<object, Map<string, DoneFiles>>();

/**
 * Writes or removes the files of a package, as it was last done to this home where nothing about them is new.
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
  const circumstances = circumstancesOf(planning);
  const name = planning.withoutFileSteps ? `${kind} without steps` : kind;
  const last = lastDone.get(sameness)?.get(name);
  if (last?.circumstances === circumstances && areSame(last.files, contents.files)) {
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
  const done: DoneFiles = { circumstances, files: contents.files, changes: home.share(), steps };
  const known = lastDone.get(sameness);
  if (known) known.set(name, done);
  else lastDone.set(sameness, new Map([[name, done]]));
}

/** All that the outcome depends on beside the home and the files. */
function circumstancesOf(planning: Planning): string {
  const { operation, depth, release, behaviour, environment, slashesCollapsed } = planning;
  return JSON.stringify([
    operation,
    depth,
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
