import type { PackageContents } from "../builder/package-contents.ts";
import { applyOperation } from "../engine/apply-operation.ts";
import { storedContents } from "../engine/package-manager/package-list.ts";
import { isThere } from "../host/named-files.ts";
import type { Shell } from "../host/shell.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SystemState } from "../system/system-state.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { installByName } from "./install-by-name.ts";
import { complainAboutNoPackage, readFileOrStored } from "./package-argument.ts";
import { writeReport } from "./report-format.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { sandboxOperationParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm sandbox install|upgrade|reinstall|uninstall`: performs an operation on a sandbox and reports it. */
export async function sandboxOperation(
  operation: Operation,
  given: Given<typeof sandboxOperationParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, package: named, base, force, entrance, version } = given;
  const offered = await offeredName(operation, given, shell);
  if (offered) return offered();
  requireVersion(version, [named]);
  await requireFolder(base, shell);
  const assume = readAssumptions(given.assume);
  const run = new ConfiguredRun(optionsLayer(sandboxOperationParameters, given), shell);
  let isRead = true;
  const done = await applyOperation(
    {
      ...{ operation, options: { entrance, force, assume } },
      sandbox: await openSandboxArgument(folder, shell, given),
      read: async (system) => {
        const stored = operation === "install" ? undefined : await storedByName(named, system);
        const read = await readFileOrStored(named, stored, system.framework, shell, run, { base, version });
        isRead = read.contents.structure !== undefined || read.contents === stored;
        return read;
      },
      beforeApply: (plan) => requireKeys(assume, plan),
      withProgress: (work) => withProgress(shell, work),
    },
    shell.world,
  );
  if (!isRead) await complainAboutNoPackage(named, shell);
  if (done.kind !== "file-missing") return writeReport(shell, done.report, given);
  shell.complain(
    "No archive can be made of the spec, because a file is missing: {path}. Nothing was changed.",
    {
      path: done.location ?? "?",
    },
  );
  return 1;
}

/**
 * What installs or upgrades a package that repositories offer, when it is its name that was typed.
 *
 * @returns undefined when a file or a folder was named, or there is nothing to take a package from
 */
async function offeredName(
  operation: Operation,
  given: Given<typeof sandboxOperationParameters>,
  shell: Shell,
): Promise<(() => Promise<ExitCode>) | undefined> {
  const { folder, package: named, format, repository, root, list } = given;
  const hasNamed = repository.length > 0 || root.length > 0 || list !== undefined;
  const isOffered = operation === "install" || operation === "upgrade";
  if (!isOffered) {
    if (hasNamed) throw new UsageError("Only install and upgrade take packages from repositories.");
    return undefined;
  }
  if (/[\\/]|\.(?:s?opm)$/i.test(named) || (await isThere(named, shell.world.named))) {
    if (hasNamed) {
      throw new UsageError("“{name}” is a file; from repositories a package is taken by its name.", {
        name: named,
      });
    }
    return undefined;
  }
  const sandbox = await openSandboxArgument(folder, shell, given);
  if (!hasNamed && sandbox.description.repositories.length === 0) return undefined;
  if (format !== "text" && format !== "json") {
    throw new UsageError("What comes from repositories is reported as text or JSON.");
  }
  const reportOnly = (["output", "version", "base", "entrance"] as const).find(
    (each) => given[each] !== undefined,
  );
  if (reportOnly !== undefined || given.assume.length > 0) {
    throw new UsageError("--{option} is for one file, and not for what comes from repositories.", {
      option: reportOnly ?? "assume",
    });
  }
  return () => installByName(named, sandbox, { ...given, format, dryRun: false }, shell);
}

/** `Acme` or `Acme-1.0.0`; of several rows the newest. */
export async function storedByName(named: string, system: SystemState): Promise<PackageContents | undefined> {
  const isNamed = ({ name, version }: PackageRow) => name === named || `${name}-${version}` === named;
  return storedContents(system, system.packages.findLast(isNamed));
}
