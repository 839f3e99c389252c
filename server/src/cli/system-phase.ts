import { packageReader } from "../engine/read-package.ts";
import { runPhase } from "../engine/test-system/run-phase.ts";
import type { Shell } from "../host/shell.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { foldersOfPackage, namedSystems, onSystem, reachOptions, systemNamed } from "./named-systems.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { systemWorld } from "./sandbox-argument.ts";
import { systemPhaseParameters } from "./system-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm system phase`: has a test system run the sections of one phase of a package. */
export async function systemPhase(
  given: Given<typeof systemPhaseParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { package: path, section, phase = "post", from } = given;
  const { world } = shell;
  if (section === undefined) throw new UsageError("Name the sections with --section, such as CodeUpgrade.");
  if (from !== undefined && !section.endsWith("Upgrade")) {
    throw new UsageError("--from is for sections of upgrades: it says from which version on they count.");
  }
  const system = systemNamed(given.on, await namedSystems(given.systems, shell));
  await requireFolder(given.base, shell);
  await requirePackageFile(path, shell);
  if (isArchiveName(path))
    throw new UsageError("Name a spec: sections are run alone while they are written.");
  const run = new ConfiguredRun(optionsLayer(systemPhaseParameters, given, { simulation: "off" }), shell);
  const files = await run.filesOf(path, given);
  const folders = foldersOfPackage(path, files.baseFolder, shell);
  return onSystem(shell, async (signal) => {
    const { output, ...result } = await runPhase(
      { section, phase, system, from, read: packageReader(path, world, files) },
      { ...world, ...systemWorld(shell) },
      reachOptions(given, folders, shell, signal),
    );
    const { succeeded, lines, reason } = result;
    const values = {
      ...{ section, phase, from: result.from ?? "", system: system.name },
      lines: lines.join(", "),
    };
    printResult(shell, given.format, {
      data: { system: system.name, section, phase, ...result, output },
      text: `${world.texts.translate(
        result.from === undefined
          ? "{section} ({phase}) on the test system “{system}”. Lines of the spec: {lines}."
          : "{section} ({phase}) on the test system “{system}”, from {from} on. Lines of the spec: {lines}.",
        values,
      )}\n`,
    });
    if (!succeeded) {
      shell.complain("The test system “{system}” failed: {reason}", { ...values, reason: oneLine(reason) });
    }
    return succeeded ? 0 : 1;
  });
}
