import type { PackageContents } from "../builder/package-contents.ts";
import { applyOperation } from "../engine/apply-operation.ts";
import { storedContents } from "../engine/package-manager/package-list.ts";
import type { Shell } from "../host/shell.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SystemState } from "../system/system-state.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { readFileOrStored } from "./package-argument.ts";
import { writeReport } from "./report-format.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { sandboxOperationParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm sandbox install|upgrade|reinstall|uninstall`: performs an operation on a sandbox and reports it. */
export async function sandboxOperation(
  operation: Operation,
  given: Given<typeof sandboxOperationParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, package: named, base, force, entrance, version } = given;
  requireVersion(version, [named]);
  await requireFolder(base, shell);
  const assume = readAssumptions(given.assume);
  const run = new ConfiguredRun(optionsLayer(sandboxOperationParameters, given), shell);
  const done = await applyOperation(
    {
      ...{ operation, options: { entrance, force, assume } },
      sandbox: await openSandboxArgument(folder, shell, given),
      read: async (system) => {
        const stored = operation === "install" ? undefined : await storedByName(named, system);
        return readFileOrStored(named, stored, system.framework, shell, run, { base, version });
      },
      beforeApply: (plan) => requireKeys(assume, plan),
      withProgress: (work) => withProgress(shell, work),
    },
    shell.world,
  );
  if (done.kind !== "file-missing") return writeReport(shell, done.report, given);
  shell.complain(
    "No archive can be made of the spec, because a file is missing: {path}. Nothing was changed.",
    {
      path: done.location ?? "?",
    },
  );
  return 1;
}

/** `Acme` or `Acme-1.0.0`; of several rows the newest. */
export async function storedByName(named: string, system: SystemState): Promise<PackageContents | undefined> {
  const isNamed = ({ name, version }: PackageRow) => name === named || `${name}-${version}` === named;
  return storedContents(system, system.packages.findLast(isNamed));
}
