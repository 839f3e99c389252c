import type { MeasuredWork } from "../report/verify-report.ts";
import {
  type OfferedArchive,
  type PackageTask,
  performInOrder,
  type TaskOutcome,
  type TaskResult,
} from "../repository/perform-in-order.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { WithProgress } from "./system-world.ts";

/** What counts as not done. */
export const failedOutcomes: ReadonlySet<TaskOutcome> = new Set([
  "InstallError",
  "UpdateError",
  "Undeployed",
]);

export interface TaskWork {
  readonly sandbox: Sandbox;
  readonly archive: OfferedArchive;
  readonly options: { readonly force: boolean; readonly now: string };
  readonly withProgress: WithProgress;
}

export interface PerformedTask extends TaskResult {
  /** What the database behind the sandbox said; undefined for a plan, and where nothing was sent to one. */
  readonly measured?: MeasuredWork | undefined;
}

/**
 * Performs tasks on a sandbox. Each is planned on what the one before has left there.
 *
 * @param isEnough whether to stop after a result
 * @throws PackageError when the sandbox cannot be changed; what was done before stays done
 */
export async function performTasks(
  tasks: readonly PackageTask[],
  { sandbox, archive, options, withProgress }: TaskWork,
  isEnough: (result: PerformedTask) => boolean | Promise<boolean>,
): Promise<readonly PerformedTask[]> {
  const results: PerformedTask[] = [];
  let merged: ReadonlyMap<string, string> = new Map();
  for (const task of tasks) {
    const before = await sandbox.state();
    for await (const result of performInOrder([task], before, archive, { ...options, merged })) {
      const { plan } = result;
      const done = plan && (await withProgress((work) => sandbox.apply(plan, work)));
      if (plan) merged = plan.merged;
      const performed: PerformedTask = { ...result, measured: done?.measured };
      results.push(performed);
      if (await isEnough(performed)) return results;
    }
  }
  return results;
}
