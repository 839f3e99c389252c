import { readPackage } from "../engine/read-package.ts";
import { isUnitTest, maintain, runUnitTests } from "../engine/test-system/maintenance.ts";
import type { Shell } from "../host/shell.ts";
import type { TestSystemTask } from "../protocol/test-systems.ts";
import { oneLine, severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { foldersOfPackage, namedSystems, onSystem, reachOptions, systemNamed } from "./named-systems.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { type systemTaskParameters, systemTestParameters } from "./system-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm system rebuild-config`, `clear-cache` and `log`. */
export async function systemTask(
  task: TestSystemTask,
  given: Given<typeof systemTaskParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const system = systemNamed(given.on, await namedSystems(given.systems, shell));
  const isLog = task === "print-log";
  return onSystem(shell, async (signal) => {
    const options = reachOptions(given, [], shell, signal);
    // What is asked for is the output.
    const result = await maintain(task, system, shell.world, {
      ...options,
      ...(isLog && { onOutput: undefined }),
    });
    printResult(shell, given.format, {
      data: { system: system.name, ...result },
      text: isLog ? severalLines(result.output.replace(/[^\n]$/, "$&\n")) : "",
    });
    if (!result.succeeded) {
      const values = { system: system.name, reason: oneLine(result.reason) };
      shell.complain("The test system “{system}” failed: {reason}", values);
    }
    return result.succeeded ? 0 : 1;
  });
}

/** `sopm system test`: runs the unit tests of a package. */
export async function systemTest(given: Given<typeof systemTestParameters>, shell: Shell): Promise<ExitCode> {
  const { package: path, file: files, format } = given;
  const system = systemNamed(given.on, await namedSystems(given.systems, shell));
  await requirePackageFile(path, shell);
  const { baseFolder } = await new ConfiguredRun(optionsLayer(systemTestParameters, given), shell).filesOf(
    path,
  );
  const { contents } = await readPackage(path, undefined, shell.world);
  const tests = contents.files.flatMap(({ location = "" }) => (isUnitTest(location) ? [location] : []));
  const unknown = files.find((file) => !tests.includes(file));
  if (unknown !== undefined) {
    throw new UsageError("“{file}” is no test of the package. It has: {files}.", {
      file: unknown,
      files: tests.join(", ") || "–",
    });
  }
  if (tests.length === 0)
    throw new UsageError("The package lists no file with the ending .t below scripts/test.");
  return onSystem(shell, async (signal) => {
    const options = reachOptions(given, foldersOfPackage(path, baseFolder, shell), shell, signal);
    const results = await runUnitTests(system, files.length > 0 ? files : tests, shell.world, options);
    const told = results.map((each) => ({
      ...each,
      reason: each.reason ? oneLine(shell.world.texts.textOf(each.reason)) : "",
    }));
    printResult(shell, format, {
      data: { system: system.name, tests: told },
      text: told
        .map(({ result, file, reason }) => `${marks[result]} ${oneLine(file)}${reason && `: ${reason}`}\n`)
        .join(""),
    });
    return results.every(({ result }) => result === "passed") ? 0 : 1;
  });
}

const marks = { passed: "✓", failed: "✗", unknown: "?" } as const;
