import type { TestSystem } from "../../host/test-system.ts";
import type { Message } from "../../l10n/translate.ts";
import type { TestSystemTask } from "../../protocol/test-systems.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import { type ListedPackage, lastLine } from "./console-answers.ts";
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
  if (command) return resultOf(await reach.run(command, {}, { changes: true }));
  throw new TestSystemError(noCommand(`${opened.release.product} ${opened.release.version}`));
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

/** What became of a test. */
export interface UnitTestResult extends CommandResult {
  /** As it was named. */
  readonly file: string;
}

/**
 * Runs tests of a package that is installed on a test system, one after the other.
 *
 * @param files paths as the package lists them, such as "scripts/test/Acme/Contract.t"
 * @param onResult told each as soon as it has ended
 * @throws TestSystemError when the system cannot be used, or a path is none of a test
 */
export async function runUnitTests(
  system: TestSystem,
  files: readonly string[],
  world: ReachWorld,
  options: ReachOptions & { readonly onResult?: ((result: UnitTestResult) => void) | undefined },
): Promise<readonly UnitTestResult[]> {
  const tests = files.map((file) => ({ file, test: testOf(file) }));
  const reach = new SystemReach(system, world, options);
  const { commands } = await openSystem(reach, ({ unitTest }) => [unitTest]);
  const results: UnitTestResult[] = [];
  for (const { file, test } of tests) {
    const outcome = resultOf(await reach.run(commands.unitTest, { test }, { changes: true }));
    const result = { file, ...outcome };
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

/** @throws TestSystemError for a path that the frameworks look for no tests at */
function testOf(file: string): string {
  const [, test] = /^(?:Custom\/)?scripts\/test\/(.+)\.t$/.exec(file) ?? [];
  if (test !== undefined && !test.split("/").includes("..")) return test;
  throw new TestSystemError({
    text: "“{file}” is no unit test: the frameworks run files with the ending .t below scripts/test.",
    values: { file },
  });
}

function resultOf({
  code,
  output,
  errors,
}: {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}): CommandResult {
  const succeeded = code === 0;
  return { succeeded, output, reason: succeeded ? "" : lastLine(errors) || lastLine(output) || `${code}` };
}
