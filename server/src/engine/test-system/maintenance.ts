import type { TestSystem } from "../../host/test-system.ts";
import type { Message } from "../../l10n/translate.ts";
import type { TestSystemTask } from "../../protocol/test-systems.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import { failureReason, type ListedPackage, readTestAnswer, type TestAnswer } from "./console-answers.ts";
import { installedPackages, openSystem } from "./open-system.ts";
import type { SystemCommand, SystemCommands } from "./system-commands.ts";
import { type ReachOptions, type ReachWorld, SystemReach } from "./system-reach.ts";
import { TestSystemError } from "./test-system-error.ts";

/** What a command on a test system came to. */
export interface CommandResult {
  readonly succeeded: boolean;
  readonly output: string;
  /** Why it failed, in the words of the system; empty for a success. */
  readonly reason: string;
}

/** Asks a system what it is, and what is installed there. @throws TestSystemError */
export async function checkSystem(
  system: TestSystem,
  world: ReachWorld,
  options: ReachOptions,
): Promise<{ readonly release: ProductVersion; readonly packages: readonly ListedPackage[] }> {
  const reach = new SystemReach(system, world, options);
  const opened = await openSystem(reach, ({ list }) => [list]);
  return { release: opened.release, packages: await installedPackages(reach, opened) };
}

/** @throws TestSystemError when the system cannot be used, or its release has no command for the task */
export async function maintain(
  task: TestSystemTask,
  system: TestSystem,
  world: ReachWorld,
  options: ReachOptions,
): Promise<CommandResult> {
  const reach = new SystemReach(system, world, options);
  const commandOf = (commands: SystemCommands) => maintenance[task](commands);
  const opened = await openSystem(reach, (commands) => [commandOf(commands)]);
  const command = commandOf(opened.commands);
  if (!command) throw new TestSystemError(noCommand(`${opened.release.product} ${opened.release.version}`));
  const ended = await reach.run(command, {}, { changes: true });
  const succeeded = ended.code === 0;
  return { succeeded, output: ended.output, reason: succeeded ? "" : failureReason(ended) };
}

const maintenance: Readonly<Record<TestSystemTask, (commands: SystemCommands) => SystemCommand | undefined>> =
  {
    "rebuild-configuration": ({ rebuildConfiguration }) => rebuildConfiguration,
    "clear-caches": ({ clearCaches }) => clearCaches,
    "print-log": ({ log }) => log,
  };

function noCommand(product: string): Message {
  return { text: "{product} has no command for that.", values: { product } };
}

/** What became of a test: what its framework says, and where that says nothing it is not known. */
export interface UnitTestResult {
  /** As it was named. */
  readonly file: string;
  readonly result: TestAnswer["result"];
  readonly output: string;
  /** Why it failed or is not known; undefined for one that passed. */
  readonly reason: Message | undefined;
}

/**
 * Runs tests of a package that is installed on a test system, one after the other. One that cannot be run is not known.
 *
 * @param files paths as the package lists them, such as "scripts/test/Acme/Contract.t"
 * @param onResult told each as soon as it has ended
 * @throws TestSystemError when the system cannot be used, or the signal ends it
 */
export async function runUnitTests(
  system: TestSystem,
  files: readonly string[],
  world: ReachWorld,
  options: ReachOptions & { readonly onResult?: ((result: UnitTestResult) => void) | undefined },
): Promise<readonly UnitTestResult[]> {
  const reach = new SystemReach(system, world, options);
  const { commands } = await openSystem(reach, ({ unitTest }) => [unitTest]);
  const results: UnitTestResult[] = [];
  for (const file of files) {
    const result = { file, ...(await runUnitTest(file, reach, commands, options.signal)) };
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

async function runUnitTest(
  file: string,
  reach: SystemReach,
  { unitTest }: SystemCommands,
  signal: AbortSignal | undefined,
): Promise<Omit<UnitTestResult, "file">> {
  try {
    const ended = await reach.run(unitTest, { test: testOf(file) }, { changes: true });
    const { output } = ended;
    const { result, line } = readTestAnswer(output, ended.code);
    const { name: system } = reach.system;
    switch (result) {
      case "passed":
        return { result, output, reason: undefined };
      case "failed":
        return {
          ...{ result, output },
          reason: {
            text: "It failed on the test system “{system}”: {reason}",
            values: { system, reason: line },
          },
        };
      case "unknown":
        return {
          ...{ result, output },
          reason: {
            text: "The test system “{system}” does not say that the test was run, and its result is not known. The file may be missing there, or the framework may be set not to run it. The system says: {reason}",
            values: { system, reason: failureReason(ended) },
          },
        };
    }
  } catch (error) {
    if (!(error instanceof TestSystemError) || signal?.aborted) throw error;
    return { result: "unknown", output: "", reason: error.text };
  }
}

/** Whether the frameworks look for a test at a path. */
export function isUnitTest(file: string): boolean {
  return testPath.test(file);
}

const testPath = /^(?:Custom\/)?scripts\/test\/(.+)\.t$/;

/** @throws TestSystemError for a path that the frameworks look for no tests at */
function testOf(file: string): string {
  const [, test] = testPath.exec(file) ?? [];
  if (test !== undefined && !test.split("/").includes("..")) return test;
  throw new TestSystemError({
    text: "“{file}” is no unit test: the frameworks run files with the ending .t below scripts/test.",
    values: { file },
  });
}
