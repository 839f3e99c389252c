import type { Message } from "../l10n/translate.ts";
import { joinSources } from "../repository/joined-sources.ts";
import type { OnlineListOptions } from "../repository/online-list.ts";
import { allResults, type OfferedArchive } from "../repository/perform-in-order.ts";
import {
  planUpgradeAll,
  summarizeUpgrade,
  type UpgradeAllPlan,
  type UpgradeRun,
  upgradeProgress,
} from "../repository/plan-upgrade-all.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { failedOutcomes, type PerformedTask, performTasks } from "./perform-tasks.ts";
import type { SystemWorld, WithProgress } from "./system-world.ts";

export interface UpgradeAllRequest {
  readonly sandbox: Sandbox;
  /** What a look at the repositories takes. */
  readonly repositories: OnlineListOptions;
  readonly archive: OfferedArchive;
  readonly force: boolean;
  /** True to tell what would be done, and do nothing. */
  readonly dryRun: boolean;
  readonly memory: UpgradeMemory;
  /** The present moment, to tell whether a run is lost. */
  readonly moment: Date;
  readonly withProgress: WithProgress;
}

/** What a system remembers of the last time that all packages were upgraded. */
export interface UpgradeMemory {
  /** Undefined when it remembers none. */
  read(): Promise<UpgradeRun | undefined>;
  /**
   * @param notes by their keys in the table of system data
   * @returns false when they cannot be written, which has been said then
   */
  write(notes: ReadonlyMap<string, string>): Promise<boolean>;
  forget(): Promise<void>;
}

export type UpgradeAllOutcome =
  /** Nothing was begun. */
  | { readonly kind: "refused"; readonly reason: Message }
  /** Nothing was begun, because the system could not remember it. */
  | { readonly kind: "not-remembered" }
  | {
      readonly kind: "done";
      readonly plan: UpgradeAllPlan;
      readonly results: readonly PerformedTask[];
      /** Whether all packages are up to date now, or would be. */
      readonly isComplete: boolean;
    };

/**
 * Brings all packages of a sandbox up to date, in the framework's order.
 *
 * @throws PackageError when the sandbox cannot be changed; packages that were brought up to date before stay so
 */
export async function upgradeAll(
  { sandbox, repositories, archive, force, dryRun, memory, moment, withProgress }: UpgradeAllRequest,
  { clock }: Pick<SystemWorld, "clock">,
): Promise<UpgradeAllOutcome> {
  const options = { force, now: clock.now() };
  const plan = planUpgradeAll(await sandbox.state(), joinSources(repositories), archive, {
    ...{ ...options, run: await memory.read(), clock: moment },
  });
  if (plan.refusal) return { kind: "refused", reason: plan.refusal };
  const done: PerformedTask[] = [];
  const note = (isFinished: boolean) => {
    const summary = summarizeUpgrade(plan.order, done);
    return memory.write(upgradeProgress(plan, summary, isFinished, { start: options.now, now: clock.now() }));
  };
  const perform = async () => {
    try {
      await performTasks(plan.tasks, { sandbox, archive, options, withProgress }, async (result) => {
        done.push(result);
        await note(false);
        return false;
      });
    } catch (error) {
      // A run that was broken off keeps nobody from beginning another. One that cannot be forgotten ends by itself.
      await memory.forget().catch(() => undefined);
      throw error;
    }
    await note(true);
    return done;
  };
  if (!dryRun && !(await note(false))) return { kind: "not-remembered" };
  const results = dryRun ? await allResults(plan.results()) : await perform();
  const isComplete =
    results.every(({ outcome }) => !failedOutcomes.has(outcome)) && plan.order.failures.length === 0;
  return { kind: "done", plan, results, isComplete };
}
