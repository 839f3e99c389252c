import type { PackageContents } from "../builder/package-contents.ts";
import { tryOperation } from "../engine/dry-run.ts";
import { storedContents } from "../engine/package-manager/package-list.ts";
import type { Shell } from "../host/shell.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SystemState } from "../system/system-state.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import type { ExitCode, Given } from "./command.ts";
import { requireFolder } from "./folder-argument.ts";
import { readFileOrStored } from "./package-argument.ts";
import { writeReport } from "./report-format.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { sandboxOperationParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";

/** `sopm sandbox install|upgrade|reinstall|uninstall`: performs an operation on a sandbox and reports it. */
export async function sandboxOperation(
  operation: Operation,
  given: Given<typeof sandboxOperationParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { complain } = shell;
  const { folder, package: named, base, force, entrance } = given;
  await requireFolder(base, shell);
  const assume = readAssumptions(given.assume);
  const sandbox = await openSandboxArgument(folder, shell);
  const system = await sandbox.state();
  const files = { baseFolder: base, allowSymlinks: given["allow-symlinks"] };
  const { contents, specText } = await readFileOrStored(
    named,
    operation === "install" ? undefined : await storedByName(named, system),
    system.framework,
    shell,
    files,
  );
  if (contents.build && contents.build.missingFiles.length > 0) {
    const path = contents.build.missingFiles[0]!.location ?? "?";
    complain("No archive can be made of the spec, because a file is missing: {path}. Nothing was changed.", {
      path,
    });
    return 1;
  }
  const { plan, report } = await tryOperation({
    ...{ operation, contents, specText, system, isStandIn: false, assumeRequirements: false },
    options: { entrance, force, assume, now: shell.world.clock.now() },
    language: shell.world.texts.language,
    applied: true,
  });
  requireKeys(assume, plan);
  await withProgress(shell, (work) => sandbox.apply(plan, work));
  return writeReport(shell, report, given);
}

/** `Acme` or `Acme-1.0.0`; of several rows the newest. */
export async function storedByName(named: string, system: SystemState): Promise<PackageContents | undefined> {
  const isNamed = ({ name, version }: PackageRow) => name === named || `${name}-${version}` === named;
  return storedContents(system, system.packages.findLast(isNamed));
}
