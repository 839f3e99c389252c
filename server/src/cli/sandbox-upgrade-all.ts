import { upgradeAllState } from "../engine/package-manager/upgrade-all-state.ts";
import type { Shell } from "../host/shell.ts";
import { joinSources } from "../repository/joined-sources.ts";
import { allResults, type TaskResult } from "../repository/perform-in-order.ts";
import { planUpgradeAll, summarizeUpgrade, upgradeProgress } from "../repository/plan-upgrade-all.ts";
import type { ExitCode, Given } from "./command.ts";
import { localRepositories } from "./local-repositories.ts";
import { printResult } from "./print-result.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { upgradeAllParameters, upgradeAllStatusParameters } from "./sandbox-commands.ts";
import { failedOutcomes, performTasks, resultsAsJson, resultsAsText } from "./sandbox-tasks.ts";
import { forgetUpgradeRun, readUpgradeRun, writeUpgradeRun } from "./upgrade-run.ts";

/** `sopm sandbox upgrade-all`: brings all packages up to date from local repositories, in the framework's order. */
export async function sandboxUpgradeAll(
  given: Given<typeof upgradeAllParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain, say } = shell;
  const { folder, force, format } = given;
  const sandbox = await openSandboxArgument(folder, shell);
  const system = await sandbox.state();
  const repositories = await localRepositories(shell, sandbox, given.repository, system);
  const { archive, unreadable } = repositories;
  const options = { force, now: shell.world.clock.now() };
  const plan = planUpgradeAll(system, joinSources(repositories.options), archive, {
    ...options,
    run: readUpgradeRun(sandbox.folder),
    clock: new Date(),
  });
  if (plan.refusal) {
    complain("{reason}", { reason: say(plan.refusal) });
    return 1;
  }
  const isDone = (results: readonly TaskResult[]) =>
    results.every(({ outcome }) => !failedOutcomes.has(outcome)) && plan.order.failures.length === 0;
  const done: TaskResult[] = [];
  const note = (isFinished: boolean) => {
    const summary = summarizeUpgrade(plan.order, done);
    const time = { start: options.now, now: shell.world.clock.now() };
    return writeUpgradeRun(shell, sandbox.folder, upgradeProgress(plan, summary, isFinished, time));
  };
  const perform = async () => {
    if (!(await note(false))) return undefined;
    try {
      await performTasks(shell, sandbox, plan.tasks, archive, options, async (result) => {
        done.push(result);
        await note(false);
        return false;
      });
    } catch (error) {
      // A run that was broken off keeps nobody from beginning another.
      forgetUpgradeRun(sandbox.folder);
      throw error;
    }
    await note(true);
    return done;
  };
  const results = given["dry-run"] ? await allResults(plan.results()) : await perform();
  if (!results) return 1;
  print(format === "json" ? resultsAsJson(plan, results, shell) : resultsAsText(plan, results, shell));
  return isDone(results) && unreadable.size === 0 ? 0 : 1;
}

/** `sopm sandbox upgrade-all-status`: whether all packages are being upgraded, and how that ended the last time. */
export async function sandboxUpgradeAllStatus(
  given: Given<typeof upgradeAllStatusParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { say } = shell;
  const { folder } = await openSandboxArgument(given.folder, shell);
  if (given.forget) forgetUpgradeRun(folder);
  const run = readUpgradeRun(folder);
  const { isRunning, status, success } = upgradeAllState(run, new Date());
  printResult(shell, given.format, {
    data: { isRunning, status: status ?? null, success: success ?? null, remembered: run?.notes ?? null },
    text: `${say({ text: statusTexts[status === "finished" && !success ? "failed" : (status ?? "never")] })}\n`,
  });
  return 0;
}

const statusTexts = {
  never: "The sandbox remembers no run of upgrade-all.",
  running: "All packages are being upgraded.",
  finished: "The last run of upgrade-all is finished.",
  failed: "The last run of upgrade-all is finished, and not all packages came up to date.",
  "timed-out": "The last run of upgrade-all has said nothing for five minutes; a new one may begin.",
} as const;
