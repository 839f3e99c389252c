import { failedOutcomes, type PerformedTask, performTasks } from "../engine/perform-tasks.ts";
import type { Shell } from "../host/shell.ts";
import { hasFailedStatements } from "../report/verify-report.ts";
import { joinSources } from "../repository/joined-sources.ts";
import { allResults, type PackageTask } from "../repository/perform-in-order.ts";
import { planInstallWithDependencies } from "../repository/plan-install-with-dependencies.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { ExitCode, Given } from "./command.ts";
import type { formatParameters } from "./common-parameters.ts";
import { repositoriesArgument } from "./repositories-argument.ts";
import type { repositoryParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { resultsAsJson, resultsAsText } from "./sandbox-tasks.ts";
import { sayLog, sayNotVerified } from "./say-log.ts";

export interface InstallByName
  extends Given<typeof repositoryParameters>,
    Pick<Given<typeof formatParameters>, "format"> {
  readonly force: boolean;
  /** True to tell what would be done, and do nothing. */
  readonly dryRun: boolean;
}

/**
 * Installs or upgrades a package that a repository offers, after all that it requires and the system does not have. The
 * order is told before anything is done.
 */
export async function installByName(
  name: string,
  sandbox: Sandbox,
  { force, dryRun, format, ...given }: InstallByName,
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain } = shell;
  const system = await sandbox.state();
  const repositories = await repositoriesArgument(shell, sandbox, given, system);
  const { archive, unreadable } = repositories;
  const joined = joinSources(repositories.options);
  sayLog([...repositories.log, ...joined.log], shell, unreadable);
  const options = { force, now: shell.world.clock.now() };
  const plan = planInstallWithDependencies(name, system, joined, archive, options);
  if (plan.refusal) {
    complain(plan.refusal);
    return 1;
  }
  sayNotVerified(system.framework, shell);
  if (format !== "json" && plan.tasks.length > 1) sayOrder(plan.tasks, shell);
  const results: readonly PerformedTask[] = dryRun
    ? await allResults(plan.results())
    : await performTasks(
        plan.tasks,
        { sandbox, archive, options, withProgress: (work) => withProgress(shell, work) },
        ({ outcome }) => failedOutcomes.has(outcome),
      );
  print(format === "json" ? resultsAsJson(plan, results, shell) : resultsAsText(plan, results, shell));
  const hasFailed = ({ outcome, measured }: PerformedTask) =>
    failedOutcomes.has(outcome) || (measured !== undefined && hasFailedStatements(measured));
  return results.some(hasFailed) || unreadable.size > 0 ? 1 : 0;
}

/** What comes before what, while nothing is done yet. */
function sayOrder(tasks: readonly PackageTask[], { warn, lineOf }: Shell): void {
  for (const [index, { name, offered, installedVersion }] of tasks.entries()) {
    const values = { number: index + 1, name, version: offered.entry.version, source: offered.source };
    const text =
      installedVersion === undefined
        ? "{number}. {name} {version} from “{source}”"
        : "{number}. {name} {from} → {version} from “{source}”";
    warn(lineOf({ text, values: { ...values, from: installedVersion ?? "" } }));
  }
}
