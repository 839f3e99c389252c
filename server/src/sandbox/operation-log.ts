import { PackageError } from "../host/package-error.ts";
import type { OperationRecord } from "../system/operation-record.ts";
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
export async function readOperationLog(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
): Promise<readonly LoggedOperation[]> {
  const effective = new Set(effectiveOperations(names, newestOf(names)));
  const reachable = new Set<number>();
  const done = new Set(await sandbox.doneOperations());
  for (const number of effective) {
    reachable.add(number);
    // Nobody knows what it did, so that nobody gets behind it.
    if (!done.has(number)) break;
  }
  const log: LoggedOperation[] = [];
  for (const { number, undoneTo } of names.values()) {
    const record = await recordOf(sandbox, names, number);
    log.push({
      number,
      record,
      isUndone: undoneTo === undefined && !effective.has(number),
      canGoBackTo: reachable.has(number) && record !== undefined && record.kind !== "lost",
    });
  }
  return log;
}

async function recordOf(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
  number: number,
): Promise<OperationRecord | undefined> {
  try {
    return await readRecord(sandbox, names, number);
  } catch (error) {
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}
