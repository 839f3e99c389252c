import { packageReader } from "../engine/read-package.ts";
import { countPromises } from "../engine/test-system/promise-counts.ts";
import { runOnSystem } from "../engine/test-system/run-on-system.ts";
import type { Shell } from "../host/shell.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { PromiseReport } from "../report/promise-report.ts";
import { isAllGood, isAllKept } from "../report/promise-report.ts";
import { buildAndTell, buildRequest } from "./build.ts";
import type { ExitCode, Given } from "./command.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { earlierArgument } from "./dry-run.ts";
import { requireFolder } from "./folder-argument.ts";
import { foldersOfPackage, namedSystems, onSystem, reachOptions, systemNamed } from "./named-systems.ts";
import { requirePackageFile } from "./package-argument.ts";
import { systemWorld } from "./sandbox-argument.ts";
import { systemOperationParameters } from "./system-commands.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm system install` and the like: has a test system do an operation, and compares. */
export async function systemOperation(
  operation: Operation,
  given: Given<typeof systemOperationParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { package: path, from, format } = given;
  const { world } = shell;
  const system = systemNamed(given.on, await namedSystems(given.systems, shell));
  await requireFolder(given.base, shell);
  await requirePackageFile(path, shell);
  if (from !== undefined && operation === "install") {
    throw new UsageError("--from is not for an install: it names what is installed before.");
  }
  const run = new ConfiguredRun(optionsLayer(systemOperationParameters, given, { simulation: "off" }), shell);
  const configured = await run.of(path);
  run.tell(configured);
  const { settings } = configured;
  const base = baseOf(path, given.base, configured, shell);
  const { allowSymlinks } = settings.build;
  const upgraded = { path, base, named: settings.knownPackages };
  let made: string | undefined;
  try {
    return await onSystem(shell, async (signal) => {
      const options = reachOptions(given, foldersOfPackage(path, base, shell), shell, signal);
      let archive: string | undefined = world.paths.resolve(path);
      if (operation !== "uninstall" && !isArchiveName(path)) {
        made = await world.commands?.makeFolder();
        const request = buildRequest(path, base, configured.settings, {
          force: given.force,
          outputFolder: made,
        });
        archive = await buildAndTell({ ...request, signal }, shell, shell.warn);
        if (archive === undefined) return 1;
      }
      const report = await runOnSystem(
        {
          ...{ operation, system, readsLog: given.log },
          read: packageReader(path, world, { baseFolder: base, allowSymlinks }),
          archive: async () => archive!,
          earlier: (version) => earlierArgument(from ?? version, upgraded, shell),
        },
        { ...world, ...systemWorld(shell) },
        options,
      );
      return (await tell(report, given, format, shell)) ? 0 : 1;
    });
  } finally {
    if (made !== undefined) await world.files({ flush: false }).removeTree(made);
  }
}

/** Whether no step failed, everything is as it was foretold, and what was not was written down. */
async function tell(
  report: PromiseReport,
  given: Given<typeof systemOperationParameters>,
  format: "text" | "json",
  shell: Shell,
): Promise<boolean> {
  const { texts, records } = shell.world;
  const { translate } = texts;
  const count = await countPromises(report, records);
  if (format === "json") {
    shell.print(
      (await import("../report/render-promises-json.ts")).renderPromisesJson(report, count, translate),
    );
  } else {
    const { renderPromisesText } = await import("../report/render-promises-text.ts");
    const { width, colors = false } = shell.terminal ?? {};
    shell.print(renderPromisesText(report, count, { translate, width, colors }));
  }
  const isKept = isAllKept(report);
  if (given.case !== undefined && !isKept) {
    const { renderCase } = await import("../report/render-case.ts");
    if (!(await writeResult(shell, renderCase(report), given.case))) return false;
    shell.complain(
      "What came otherwise stands in “{file}”, without names and values. Look at it before you give it to somebody.",
      {
        file: given.case,
      },
    );
  }
  return isAllGood(report);
}
