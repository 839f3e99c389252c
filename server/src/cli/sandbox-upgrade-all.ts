import { readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { PackageContents } from "../builder/package-contents.ts";
import { readArchiveFile } from "../host/node/archive-file.ts";
import { now } from "../host/node/clock.ts";
import { isInside } from "../host/node/is-inside.ts";
import { translate } from "../host/node/language.ts";
import type { Sandbox } from "../host/node/sandbox/sandbox.ts";
import { systemReason } from "../host/node/system-reason.ts";
import { PackageError } from "../host/package-error.ts";
import { jsonText } from "../report/json-text.ts";
import { joinSources, type OfferedPackage } from "../repository/joined-sources.ts";
import { performInOrder, type TaskOutcome, type TaskResult } from "../repository/perform-in-order.ts";
import { planUpgradeAll, type UpgradeAllPlan } from "../repository/plan-upgrade-all.ts";
import type { Source } from "../repository/sources.ts";
import type { SystemState } from "../system/system-state.ts";
import type { ExitCode, Given } from "./command.ts";
import { complainAbout } from "./complain-about.ts";
import { requireFolder } from "./folder-argument.ts";
import { complain, print } from "./output.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { upgradeAllParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox upgrade-all`: brings all packages up to date from local repositories, in the framework's order. */
export async function sandboxUpgradeAll(given: Given<typeof upgradeAllParameters>): Promise<ExitCode> {
  const { folder, force, format } = given;
  for (const repository of given.repository) await requireFolder(repository);
  const sandbox = await openSandboxArgument(folder);
  const repositories = [
    ...sandbox.description.repositories.map(({ name, location }) => ({ name, location })),
    ...given.repository.map((name) => ({ name, location: resolve(name) })),
  ];
  if (repositories.length === 0) {
    throw new UsageError(
      "The sandbox knows no repository; name a folder with archives and their index with --repository.",
    );
  }
  const sources = repositories.map(
    ({ name, location }): Source => ({ name, url: location, header: undefined }),
  );
  const system = await sandbox.state();
  const { framework, packages } = system;
  const unreadable = new Set<string>();
  const offered = joinSources({
    dialect: framework.dialect,
    framework: framework.version,
    packages,
    sources,
    download: ({ url }) => fileOf(url, sources, unreadable, (path) => readFileSync(path, "utf8")),
  });
  const archive = archives(sources, system, unreadable);
  const options = { force, now: now() };
  const plan = planUpgradeAll(system, offered, archive, options);
  if (plan.refusal) {
    complain("{reason}", { reason: say(plan.refusal) });
    return 1;
  }
  const results = given["dry-run"] ? [...plan.results()] : await performAll(sandbox, plan, archive, options);
  print(format === "json" ? asJson(plan, results) : asText(plan, results));
  const failed = results.some(({ outcome }) => failures.has(outcome)) || plan.order.failures.length > 0;
  return failed || unreadable.size > 0 ? 1 : 0;
}

const failures: ReadonlySet<TaskOutcome> = new Set(["InstallError", "UpdateError", "Undeployed"]);

/** Each task is planned on what the one before has left in the sandbox. */
async function performAll(
  sandbox: Sandbox,
  { tasks }: UpgradeAllPlan,
  archive: (offered: OfferedPackage) => PackageContents | undefined,
  options: { readonly force: boolean; readonly now: string },
): Promise<readonly TaskResult[]> {
  const results: TaskResult[] = [];
  let merged: ReadonlyMap<string, string> = new Map();
  for (const task of tasks) {
    for (const result of performInOrder([task], await sandbox.state(), archive, { ...options, merged })) {
      const { plan } = result;
      if (plan) {
        await withProgress((work) => sandbox.apply(plan, work));
        merged = plan.merged;
      }
      results.push(result);
    }
  }
  return results;
}

/** Archives by their place; each is read once. */
function archives(sources: readonly Source[], { framework }: SystemState, unreadable: Set<string>) {
  const read = new Map<string, PackageContents | undefined>();
  return ({ entry, source }: OfferedPackage): PackageContents | undefined => {
    const url = `${sources.find(({ name, url: place }) => name === source || place === source)?.url}/${entry.file}`;
    if (!read.has(url)) {
      read.set(
        url,
        fileOf(url, sources, unreadable, (path) => readArchiveFile(path, framework)),
      );
    }
    return read.get(url);
  };
}

/** Reads a file of a repository; undefined when that is not possible, which is said and noted then. */
function fileOf<T>(
  url: string,
  sources: readonly Source[],
  unreadable: Set<string>,
  read: (path: string) => T,
): T | undefined {
  try {
    const path = realpathSync(url);
    const isOurs = sources.some((source) => isInside(realpathSync(source.url), path));
    // Indexes name files; one that lies outside of its repository is none, and a pipe would keep us waiting.
    if (isOurs && statSync(path).isFile()) return read(path);
    const reason = isOurs ? translate("it is no file") : translate("it lies outside of the repository");
    complain("“{path}” cannot be read: {reason}.", { path: url, reason });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof PackageError) complainAbout(error);
    else if (code === undefined) throw error;
    else complain("“{path}” cannot be read: {reason}.", { path: url, reason: systemReason(code) });
  }
  unreadable.add(url);
  return undefined;
}

const outcomeSigns: Readonly<Record<TaskOutcome, string>> = {
  AlreadyUpdated: "✓",
  Installed: "✓",
  Updated: "✓",
  Undeployed: "!",
  InstallError: "✗",
  UpdateError: "✗",
};

const outcomeTexts: Readonly<Record<TaskOutcome, { readonly text: string }>> = {
  AlreadyUpdated: { text: "{name} {version} is up to date" },
  Installed: { text: "{name} {version} is installed" },
  Updated: { text: "{name} is upgraded from {from} to {version}" },
  Undeployed: { text: "{name} {version} is up to date, but its files are not as the package has them" },
  InstallError: { text: "{name} {version} cannot be installed" },
  UpdateError: { text: "{name} cannot be upgraded from {from} to {version}" },
};

function asText({ explanations, violations }: UpgradeAllPlan, results: readonly TaskResult[]): string {
  const lines: string[] = [];
  for (const { task, outcome, reason } of results) {
    const values = {
      name: task.name,
      version: task.offered.entry.version,
      from: task.installedVersion ?? "",
    };
    lines.push(`${outcomeSigns[outcome]} ${say({ text: outcomeTexts[outcome].text, values })}`);
    if (reason) lines.push(`    ${say(reason)}`);
  }
  for (const { name, failure, reason, remark } of explanations) {
    lines.push(`✗ ${say({ text: "{name}: {failure}", values: { name, failure } })}`, `    ${say(reason)}`);
    if (remark) lines.push(`    ${say(remark)}`);
  }
  for (const { name, required } of violations) {
    const values = { name, required };
    lines.push(`! ${say({ text: "{name} may come before {required}, which it requires", values })}`);
  }
  if (lines.length === 0) lines.push(say({ text: "There is nothing to bring up to date." }));
  return lines.map((line) => `${line}\n`).join("");
}

function asJson({ explanations, violations, order }: UpgradeAllPlan, results: readonly TaskResult[]): string {
  const data = {
    results: results.map(({ task, outcome, reason, deployment }) => ({
      name: task.name,
      installedVersion: task.installedVersion ?? null,
      version: task.offered.entry.version,
      source: task.offered.source,
      action: task.action,
      outcome,
      reason: reason ? say(reason) : null,
      files: deployment?.files ?? [],
    })),
    failures: explanations.map(({ name, failure, requiredBy = null, reason, remark }) => ({
      name,
      failure,
      requiredBy,
      reason: say(reason),
      remark: remark ? say(remark) : null,
    })),
    violations,
    gaveUp: order.gaveUp,
  };
  return jsonText(data);
}
