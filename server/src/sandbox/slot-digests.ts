import type { HomeFolderFiles } from "./home-folder.ts";
import type { Journal } from "./journal.ts";
import { PacedWork, type WorkOptions } from "./perform-actions.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/**
 * The digests of files that an operation is going to take away, so that an undo brings back what was taken and nothing
 * else.
 *
 * @returns null for what is no file or cannot be read
 */
export async function digestsOf(
  { files }: SandboxFolder,
  paths: readonly string[],
  home: HomeFolderFiles,
  { signal }: WorkOptions,
): Promise<readonly (string | null)[]> {
  const work = new PacedWork(files, paths.length, { signal });
  const digests: (string | null)[] = [];
  await work.inFlocks(paths, async (flock) => {
    const found = await files.digests(flock.map((path) => home.pathOf(path)));
    for (const digest of found) digests.push(typeof digest === "string" ? digest : null);
  });
  return digests;
}

/** @throws PackageError when a file that operations took away is not there any more or has changed */
export async function requireSlots(
  sandbox: SandboxFolder,
  journals: readonly Journal[],
  { signal }: WorkOptions,
): Promise<void> {
  for (const journal of journals) {
    const [problem] = await slotProblems(sandbox, journal, { signal });
    if (problem) throw sandbox.damaged(`undo/${journal.number}/${problem.slot}`, problem.reason);
  }
}

export interface SlotProblem {
  readonly slot: number;
  readonly reason: "missing" | "checksum";
}

/** The files that an operation took away and that cannot come back, and why. */
export async function slotProblems(
  sandbox: SandboxFolder,
  { number, takes, digests = [] }: Journal,
  options: WorkOptions = {},
): Promise<readonly SlotProblem[]> {
  const { files } = sandbox;
  const problems: SlotProblem[] = [];
  const work = new PacedWork(files, takes.length, options);
  await work.inFlocks([...takes.keys()], async (slots) => {
    const paths = slots.map((slot) => sandbox.slot(number, slot));
    const known = slots.filter((slot) => digests[slot]);
    const found = await files.status(paths);
    const actual = await files.digests(known.map((slot) => sandbox.slot(number, slot)));
    const changed = new Set(known.filter((slot, index) => actual[index] !== digests[slot]));
    slots.forEach((slot, index) => {
      if (!found[index]) problems.push({ slot, reason: "missing" });
      else if (changed.has(slot)) problems.push({ slot, reason: "checksum" });
    });
  });
  return problems;
}
