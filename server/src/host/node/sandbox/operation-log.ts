import type { OperationRecord } from "../../../system/operation-record.ts";
import { PackageError } from "../../package-error.ts";
import { effectiveOperations, newestOf, type SandboxFolder, type StateName } from "./sandbox-folder.ts";
import { readRecord } from "./state-files.ts";

/** An operation in the log of a sandbox. */
export interface LoggedOperation {
  readonly number: number;
  /** Undefined when its file is damaged. */
  readonly record: OperationRecord | undefined;
  /** True when a later undo took it back; an undo itself never is. */
  readonly isUndone: boolean;
}

/** All operations, the oldest first. */
export function readOperationLog(
  sandbox: SandboxFolder,
  names: ReadonlyMap<number, StateName>,
): readonly LoggedOperation[] {
  const effective = new Set(effectiveOperations(names, newestOf(names)));
  return [...names.values()].map(({ number, undoneTo }) => ({
    number,
    record: recordOf(sandbox, names, number),
    isUndone: undoneTo === undefined && !effective.has(number),
  }));
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
