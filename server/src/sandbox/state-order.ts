import { effectiveOperations, newestOf, type SandboxFolder, type StateName } from "./sandbox-folder.ts";

/**
 * All states by number, when what is there of operations goes with them: no state is missing, lost or put in by hand.
 *
 * @param firstState behind which everything can be undone
 * @throws PackageError when one is
 */
export async function namesInOrder(
  sandbox: SandboxFolder,
  firstState: number,
): Promise<ReadonlyMap<number, StateName>> {
  // Before the states: an operation is done when its state is there, and can be undone a moment later.
  const done = await sandbox.doneOperations();
  const names = await sandbox.stateNames();
  const newest = newestOf(names);
  const effective = new Set(effectiveOperations(names, newest));
  const [last = 0] = effective;
  for (const number of done) {
    if (number > newest) throw sandbox.damaged(`states/${number}.data`, "missing");
    // An undo takes its operations away.
    if (effective.has(number) || number <= firstState) continue;
    // In this order: what is under way takes away what it has undone, and then its journal.
    const [isUnderWay, isThere] = await sandbox.files.status([sandbox.journal, sandbox.done(number)]);
    if (isThere && !isUnderWay) {
      throw sandbox.damaged(sandbox.locationOf(sandbox.state(names.get(newest)!)), "stray");
    }
  }
  if (last > firstState && !done.includes(last) && !(await isJustDone(sandbox, last))) {
    throw sandbox.damaged(`undo/${last}/done.data`, "missing");
  }
  return names;
}

/** The journal of an operation that is done is given another place. */
async function isJustDone(sandbox: SandboxFolder, number: number): Promise<boolean> {
  const found = await sandbox.files.status([sandbox.journal, sandbox.done(number)]);
  return found.some((status) => status !== undefined);
}
