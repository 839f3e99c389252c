import { switchesOf } from "../dialect/switches.ts";
import { onlinePackage } from "../engine/package-manager/online-package.ts";
import { failedOutcomes, performTasks } from "../engine/perform-tasks.ts";
import type { Shell } from "../host/shell.ts";
import { failuresByClass, installOrder } from "../repository/install-order.ts";
import { joinSources } from "../repository/joined-sources.ts";
import { onlineList } from "../repository/online-list.ts";
import { allResults, versionsByName } from "../repository/perform-in-order.ts";
import { planInstallWithDependencies } from "../repository/plan-install-with-dependencies.ts";
import type { RepositoryLogEntry } from "../repository/repository-log.ts";
import { configuredSources, sourceKey } from "../repository/sources.ts";
import type { ExitCode, Given } from "./command.ts";
import { localRepositories } from "./local-repositories.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type * as rows from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { resultsAsJson, resultsAsText } from "./sandbox-tasks.ts";
import { table } from "./table.ts";
import { writeResult } from "./write-result.ts";

/** `sopm sandbox offers`: what the repositories offer to the system, with what it has of it. */
export async function sandboxOffers(
  given: Given<typeof rows.offersParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { lineOf } = shell;
  const { folder, format } = given;
  const sandbox = await openSandboxArgument(folder, shell);
  const system = await sandbox.state();
  const { options, unreadable } = await localRepositories(shell, sandbox, given.repository, system);
  const lists = options.sources.map((each) => {
    const source = sourceKey(each, system.framework);
    return { source, ...onlineList(source, { ...options, includeSameVersion: given.all }) };
  });
  for (const { log } of lists) sayLog(log, shell);
  const offers = lists.flatMap(({ source, packages }) =>
    packages.map(({ entry, isLocal, isInstalled, isUpgrade }) => ({
      ...{ source, name: entry.name, version: entry.version, file: entry.file },
      ...{ isLocal, isInstalled, isUpgrade },
    })),
  );
  const status = ({ isInstalled, isUpgrade }: (typeof offers)[number]) =>
    lineOf({ text: isUpgrade ? "is newer" : isInstalled ? "installed" : "not installed" });
  printResult(shell, format, {
    data: { offers },
    text: table(offers.map((offer) => [offer.name, offer.version, status(offer), offer.source])),
  });
  return lists.some(({ died }) => died) || unreadable.size > 0 ? 1 : 0;
}

/** `sopm sandbox repositories`: the repositories of the system, in the framework's order. */
export async function sandboxRepositories(
  given: Given<typeof rows.repositoriesParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, format, root } = given;
  for (const path of root) await requirePackageFile(path, shell);
  const sandbox = await openSandboxArgument(folder, shell);
  const system = await sandbox.state();
  const { options } = await localRepositories(shell, sandbox, given.repository, system, true);
  // The setting has a list of tables from Znuny 6.3.2 on, and names by address elsewhere.
  const list = switchesOf(system.framework).repositoriesByName
    ? options.sources.map(({ name, url }) => ({ Name: name, URL: url }))
    : Object.fromEntries(options.sources.map(({ name, url }) => [url, name]));
  const documents = new Map<string, string>();
  for (const path of root) documents.set(path, new TextDecoder().decode(await shell.world.named.read(path)));
  const { sources, log } = configuredSources({ list, roots: root }, system.framework, ({ url }) =>
    documents.get(url),
  );
  sayLog(log, shell);
  const repositories = sources.map(({ name, url }) => ({ name, url }));
  printResult(shell, format, {
    data: { repositories },
    text: table(repositories.map(({ name, url }) => [name, url])),
  });
  return 0;
}

/** `sopm sandbox fetch`: the archive that a repository has, by the name of its file or of its package. */
export async function sandboxFetch(
  given: Given<typeof rows.fetchParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain, lineOf } = shell;
  const { folder, source, file, output } = given;
  const sandbox = await openSandboxArgument(folder, shell);
  const system = await sandbox.state();
  const { options, load } = await localRepositories(shell, sandbox, given.repository, system);
  const { contents } = await onlinePackage(source, file, options, load);
  if (!contents) {
    complain("The repository “{source}” has neither a file nor a package “{file}”.", { source, file });
    return 1;
  }
  if (!(await writeResult(shell, await contents.archive.read(), output))) return 1;
  print(`${lineOf({ text: "{path}: the archive of {name}.", values: { path: output, name: file } })}\n`);
  return 0;
}

/** `sopm sandbox order`: in which order packages would be brought up to date, and what keeps them from it. */
export async function sandboxOrder(
  given: Given<typeof rows.orderParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, format } = given;
  const sandbox = await openSandboxArgument(folder, shell);
  const system = await sandbox.state();
  const { options, unreadable } = await localRepositories(shell, sandbox, given.repository, system);
  const { list, log, diedAt } = joinSources(options);
  sayLog(log, shell);
  const installed = versionsByName(system.packages.filter(({ status }) => status === "installed"));
  const found = installOrder(
    installed,
    list.map(({ entry }) => entry),
    system.framework,
  );
  const order = [...found.order].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const failures = [...failuresByClass(found)].map(([failure, names]) => ({
    failure,
    names: [...names].sort(),
  }));
  printResult(shell, format, {
    data: { order: order.map(([name, number]) => ({ name, number })), failures, gaveUp: found.gaveUp },
    text: table([
      ...order.map(([name, number]) => ["✓", name, String(number)]),
      ...failures.flatMap(({ failure, names }) => names.map((name) => ["✗", name, failure])),
    ]),
  });
  return failures.length > 0 || diedAt !== undefined || unreadable.size > 0 ? 1 : 0;
}

/** `sopm sandbox install-required`: installs a package by its name, after all that it requires. */
export async function sandboxInstallRequired(
  given: Given<typeof rows.installRequiredParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain, lineOf } = shell;
  const { folder, name, force, format } = given;
  const sandbox = await openSandboxArgument(folder, shell, given);
  const system = await sandbox.state();
  const repositories = await localRepositories(shell, sandbox, given.repository, system);
  const { archive, unreadable } = repositories;
  const options = { force, now: shell.world.clock.now() };
  const plan = planInstallWithDependencies(name, system, joinSources(repositories.options), archive, options);
  if (plan.refusal) {
    complain("{reason}", { reason: lineOf(plan.refusal) });
    return 1;
  }
  const results = given["dry-run"]
    ? await allResults(plan.results())
    : await performTasks(
        plan.tasks,
        { sandbox, archive, options, withProgress: (work) => withProgress(shell, work) },
        ({ outcome }) => failedOutcomes.has(outcome),
      );
  print(format === "json" ? resultsAsJson(plan, results, shell) : resultsAsText(plan, results, shell));
  return results.some(({ outcome }) => failedOutcomes.has(outcome)) || unreadable.size > 0 ? 1 : 0;
}

function sayLog(log: readonly RepositoryLogEntry[], shell: Shell): void {
  const { complain } = shell;
  for (const { text, values } of log) complain(text, values);
}
