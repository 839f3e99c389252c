import { isRunActive, type UpgradeRun } from "../../repository/plan-upgrade-all.ts";

export interface UpgradeAllState {
  readonly isRunning: boolean;
  /** Undefined when all packages were never upgraded, or what the system remembers of it was deleted since. */
  readonly status: "running" | "finished" | "timed-out" | undefined;
  /** Undefined as long as it is not finished. */
  readonly success: boolean | undefined;
}

/** What a system remembers of the last time that all packages were upgraded. */
export interface RememberedRun extends UpgradeRun {
  /** Undefined before the end. */
  readonly success: boolean | undefined;
}

/**
 * Whether all packages are being upgraded, which keeps a second run from beginning. A run that has told nothing for
 * five minutes counts as dead.
 *
 * @param run undefined when the system remembers none: nobody has begun, or somebody deleted it
 * @param isScheduled whether the daemon has one to do
 * @source Znuny 7.1 and OTOBO 11, PackageUpgradeAllIsRunning and PackageUpgradeAllDataDelete
 */
export function upgradeAllState(
  run: RememberedRun | undefined,
  now: Date,
  isScheduled = false,
): UpgradeAllState {
  const isRunning = isRunActive({ run, isScheduled, now });
  if (!run) return { isRunning, status: undefined, success: undefined };
  if (run.status === "Finished") return { isRunning, status: "finished", success: run.success };
  const isAlive = isRunActive({ run, now });
  return { isRunning, status: isAlive ? "running" : "timed-out", success: undefined };
}
