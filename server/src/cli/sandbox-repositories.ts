import type { Release } from "../dialect/switches.ts";
import { onlinePackage } from "../engine/package-manager/online-package.ts";
import type { Shell } from "../host/shell.ts";
import { shownAddress } from "../host/web-address.ts";
import { hiddenOffers } from "../repository/hidden-offers.ts";
import { failuresByClass, installOrder } from "../repository/install-order.ts";
import { joinSources } from "../repository/joined-sources.ts";
import { type OnlineListOptions, onlineList } from "../repository/online-list.ts";
import { versionsByName } from "../repository/perform-in-order.ts";
import { sourceKey } from "../repository/sources.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { ExitCode, Given } from "./command.ts";
import { installByName } from "./install-by-name.ts";
import { printResult } from "./print-result.ts";
import {
  placeOfRepository,
  repositoriesArgument,
  repositoryNamed,
  rootDocumentNamed,
} from "./repositories-argument.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type * as rows from "./sandbox-commands.ts";
import { sayLog, sayNotVerified } from "./say-log.ts";
import { table } from "./table.ts";
import { UsageError } from "./usage-error.ts";
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
  const repositories = await repositoriesArgument(shell, sandbox, given, system);
  const { options, unreadable } = repositories;
  const { framework } = system;
  const lists = listsOf({ ...options, includeSameVersion: given.all }, framework);
  sayLog([...repositories.log, ...lists.flatMap(({ log }) => log)], shell, unreadable);
  sayNotVerified(framework, shell);
  const offers = lists.flatMap(({ source, packages }) =>
    packages.map(({ entry, isLocal, isInstalled, isUpgrade }) => ({
      ...{ source, name: entry.name, version: entry.version, file: entry.file },
      ...{ isLocal, isInstalled, isUpgrade },
    })),
  );
  const hidden = given.hidden
    ? lists.flatMap(({ source, entries }) =>
        hiddenOffers(entries, given.all ? undefined : system.packages, framework).map(
          ({ entry, reason }) => ({
            ...{ source, name: entry.name, version: entry.version, reason: lineOf(reason) },
          }),
        ),
      )
    : undefined;
  const status = ({ isInstalled, isUpgrade }: (typeof offers)[number]) =>
    lineOf({ text: isUpgrade ? "is newer" : isInstalled ? "installed" : "not installed" });
  printResult(shell, format, {
    data: { offers, ...(hidden && { hidden }) },
    text:
      table(offers.map((offer) => [offer.name, offer.version, status(offer), offer.source])) +
      table((hidden ?? []).map(({ name, version, source, reason }) => ["–", name, version, source, reason])),
  });
  return lists.some(({ died }) => died) || unreadable.size > 0 ? 1 : 0;
}

/** What each of the repositories offers, in their order. */
function listsOf(options: OnlineListOptions, framework: Release) {
  return options.sources.map((each) => {
    const source = sourceKey(each, framework);
    return { source, ...onlineList(source, options) };
  });
}

/** `sopm sandbox repositories`: the repositories of the system, in the framework's order. */
export async function sandboxRepositories(
  given: Given<typeof rows.repositoriesParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, format } = given;
  const sandbox = await openSandboxArgument(folder, shell);
  await changeRepositories(sandbox, given, shell);
  const system = await sandbox.state();
  const { options, log, unreadable } = await repositoriesArgument(shell, sandbox, given, system, true);
  const lists = listsOf(options, system.framework);
  sayLog([...log, ...lists.flatMap((each) => each.log)], shell, unreadable);
  const vendors = new Map(sandbox.description.repositories.map(({ location, vendor }) => [location, vendor]));
  // What a header says is a secret; whose it is, and that there is one, is none.
  const repositories = options.sources.map(({ name, url, header }) => ({
    ...{ name, url: shownAddress(url) },
    ...(vendors.get(url) !== undefined && { vendor: vendors.get(url) }),
    ...(header && { header: header.key }),
  }));
  printResult(shell, format, {
    data: { repositories },
    text: table(repositories.map(({ name, url, vendor }) => [name, url, vendor ?? ""])),
  });
  return 0;
}

/** Has a sandbox know other repositories. What it knows already is as it is named now. */
async function changeRepositories(
  sandbox: Sandbox,
  given: Given<typeof rows.repositoriesParameters>,
  shell: Shell,
): Promise<void> {
  const { add, drop, vendor } = given;
  if (vendor !== undefined && add.length + given["add-root"].length === 0) {
    throw new UsageError("--vendor is for what is added.");
  }
  const added = [
    ...(await Promise.all(add.map((each) => repositoryNamed(each, shell)))),
    ...(await Promise.all(given["add-root"].map((each) => rootDocumentNamed(each, shell)))),
  ].map((each) => ({ ...each, vendor }));
  if (added.length + drop.length === 0) return;
  const { repositories } = sandbox.description;
  const gone = new Set([
    ...drop.map((each) => placeOfRepository(each, shell)),
    ...added.map(({ location }) => location),
  ]);
  const unknown = drop.find(
    (each) => !repositories.some(({ location }) => location === placeOfRepository(each, shell)),
  );
  if (unknown !== undefined) {
    throw new UsageError("The sandbox knows no repository “{name}”.", { name: unknown });
  }
  await sandbox.configure({
    repositories: [...repositories.filter(({ location }) => !gone.has(location)), ...added],
  });
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
  const { options, load } = await repositoriesArgument(shell, sandbox, given, system);
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
  const { options, unreadable } = await repositoriesArgument(shell, sandbox, given, system);
  const { list, log, diedAt } = joinSources(options);
  sayLog(log, shell, unreadable);
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
  const sandbox = await openSandboxArgument(given.folder, shell, given);
  return installByName(given.name, sandbox, { ...given, dryRun: given["dry-run"] }, shell);
}
