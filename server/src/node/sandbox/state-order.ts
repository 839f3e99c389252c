import { existsSync } from "node:fs";
import { basename } from "node:path";
import { effectiveOperations, newestOf, type SandboxFolder, type StateName } from "./sandbox-folder.ts";

/**
 * All states by number, when what is there of operations goes with them: no state is missing, lost or put in by hand.
 *
 * @param firstState behind which everything can be undone
 * @throws PackageError when one is
 */
export function namesInOrder(sandbox: SandboxFolder, firstState: number): ReadonlyMap<number, StateName> {
  // Before the states: an operation is done when its state is there, and can be undone a moment later.
  const done = sandbox.doneOperations();
  const names = sandbox.stateNames();
  const newest = newestOf(names);
  const effective = new Set(effectiveOperations(names, newest));
  const [last = 0] = effective;
  for (const number of done) {
    if (number > newest) throw sandbox.damaged(`states/${number}.data`, "missing");
    // An undo takes its operations away.
    const isUndone = !effective.has(number) && number > firstState && existsSync(sandbox.done(number));
    if (isUndone && !existsSync(sandbox.journal)) {
      throw sandbox.damaged(`states/${basename(sandbox.state(names.get(newest)!))}`, "stray");
    }
  }
  if (last > firstState && !done.includes(last) && !isJustDone(sandbox, last)) {
    throw sandbox.damaged(`undo/${last}/done.data`, "missing");
  }
  return names;
}

/** The journal of an operation that is done is given another place. */
function isJustDone(sandbox: SandboxFolder, number: number): boolean {
  return existsSync(sandbox.journal) || existsSync(sandbox.done(number));
}
