import { upgradeAllState } from "../engine/package-manager/upgrade-all-state.ts";
import { type SandboxMemory, upgradeMemory } from "../engine/package-manager/upgrade-memory.ts";
import { upgradeAll } from "../engine/upgrade-all.ts";
import type { Shell } from "../host/shell.ts";
import { hasFailedStatements } from "../report/verify-report.ts";
import type { ExitCode, Given } from "./command.ts";
import { printResult } from "./print-result.ts";
import { repositoriesArgument } from "./repositories-argument.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { upgradeAllParameters, upgradeAllStatusParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { resultsAsJson, resultsAsText } from "./sandbox-tasks.ts";
import { complainAboutWriting } from "./write-result.ts";

/** `sopm sandbox upgrade-all`: brings all packages up to date from the repositories, in the framework's order. */
export async function sandboxUpgradeAll(
  given: Given<typeof upgradeAllParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain } = shell;
  const { folder, force, format } = given;
  const sandbox = await openSandboxArgument(folder, shell, given);
  const repositories = await repositoriesArgument(shell, sandbox, given, await sandbox.state());
  const { archive, unreadable } = repositories;
  const done = await upgradeAll(
    {
      ...{ sandbox, repositories: repositories.options, archive, force, dryRun: given["dry-run"] },
      memory: memoryOf(sandbox.folder, shell),
      moment: new Date(),
      withProgress: (work) => withProgress(shell, work),
    },
    shell.world,
  );
  if (done.kind === "refused") complain(done.reason);
  if (done.kind !== "done") return 1;
  const { plan, results, isComplete } = done;
  print(format === "json" ? resultsAsJson(plan, results, shell) : resultsAsText(plan, results, shell));
  const hasFailed = results.some(({ measured }) => measured !== undefined && hasFailedStatements(measured));
  return isComplete && !hasFailed && unreadable.size === 0 ? 0 : 1;
}

/** `sopm sandbox upgrade-all-status`: whether all packages are being upgraded, and how that ended the last time. */
export async function sandboxUpgradeAllStatus(
  given: Given<typeof upgradeAllStatusParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { lineOf } = shell;
  const { folder } = await openSandboxArgument(given.folder, shell);
  const memory = memoryOf(folder, shell);
  if (given.forget) await memory.forget();
  const run = await memory.read();
  const { isRunning, status, success } = upgradeAllState(run, new Date());
  printResult(shell, given.format, {
    data: { isRunning, status: status ?? null, success: success ?? null, remembered: run?.notes ?? null },
    text: `${lineOf({ text: statusTexts[status === "finished" && !success ? "failed" : (status ?? "never")] })}\n`,
  });
  return 0;
}

function memoryOf(folder: string, shell: Shell): SandboxMemory {
  return upgradeMemory(folder, shell.world, (path, error) => complainAboutWriting(shell, path, error));
}

const statusTexts = {
  never: "The sandbox remembers no run of upgrade-all.",
  running: "All packages are being upgraded.",
  finished: "The last run of upgrade-all is finished.",
  failed: "The last run of upgrade-all is finished, and not all packages came up to date.",
  "timed-out": "The last run of upgrade-all has said nothing for five minutes; a new one may begin.",
} as const;
