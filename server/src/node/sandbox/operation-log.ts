import { PackageError } from "../../host/package-error.ts";
import type { OperationRecord } from "../../system/operation-record.ts";
import { effectiveOperations, newestOf, type SandboxFolder, type StateName } from "./sandbox-folder.ts";
import { readRecord } from "./state-files.ts";

/** An operation in the log of a sandbox. */
export interface LoggedOperation {
  readonly number: number;
  /** Undefined when its file is damaged. */
  readonly record: OperationRecord | undefined;
  /** True when a later undo took it back; an undo itself never is. */
  readonly isUndone: boolean;
  /** Whether undo can bring the sandbox back to what it was behind it. */
  readonly canGoBackTo: boolean;
}

/** Whether it has a part in what the system is now. */
export function isInEffect({ isUndone, record }: LoggedOperation): boolean {
  return !isUndone && record?.kind !== "undo";
}

/** All operations, the oldest first. */
export function readOperationLog(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
): readonly LoggedOperation[] {
  const effective = new Set(effectiveOperations(names, newestOf(names)));
  const reachable = new Set<number>();
  const done = new Set(sandbox.doneOperations());
  for (const number of effective) {
    reachable.add(number);
    // Nobody knows what it did, so that nobody gets behind it.
    if (!done.has(number)) break;
  }
  return [...names.values()].map(({ number, undoneTo }) => {
    const record = recordOf(sandbox, names, number);
    return {
      number,
      record,
      isUndone: undoneTo === undefined && !effective.has(number),
      canGoBackTo: reachable.has(number) && record !== undefined && record.kind !== "lost",
    };
  });
}

function recordOf(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): OperationRecord | undefined {
  try {
    return readRecord(sandbox, names, number);
  } catch (error) {
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}
