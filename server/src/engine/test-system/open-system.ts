import { consoleWords } from "../../dialect/console-words.ts";
import { dialectIds } from "../../dialect/products.ts";
import { readRelease } from "../../system/framework-checkout.ts";
import { type ProductVersion, readProductVersion, unknownProduct } from "../../system/product-version.ts";
import { failureReason, type ListedPackage, lastLine, readPackageList } from "./console-answers.ts";
import { type SystemCommand, type SystemCommands, systemCommands } from "./system-commands.ts";
import type { SystemReach } from "./system-reach.ts";
import { TestSystemError } from "./test-system-error.ts";

/** A system that has said what runs there. */
export interface OpenedSystem {
  readonly release: ProductVersion;
  readonly commands: SystemCommands;
}

/**
 * Has everything allowed that is going to be run, and asks the system what it is.
 *
 * @param wanted what will be run beside it
 * @throws TestSystemError
 */
export async function openSystem(
  reach: SystemReach,
  wanted: (commands: SystemCommands) => readonly (SystemCommand | undefined)[],
): Promise<OpenedSystem> {
  const { system } = reach;
  const said = system.product === undefined ? undefined : productOf(system.product);
  if (said) reach.know({ console: consoleWords(said).program });
  const all = (commands: SystemCommands) => [commands.release, ...wanted(commands)];
  const guessed = systemCommands(system, said ?? newest);
  await reach.allow(all(guessed));
  const asked = await reach.run(guessed.release);
  if (asked.code !== 0) {
    throw new TestSystemError({
      text: "There is no framework at “{home}” on the test system “{system}”, or the system cannot be reached: {reason}",
      values: { home: system.home, system: system.name, reason: failureReason(asked) },
    });
  }
  const release = said ?? readRelease(asked.output);
  if (!release) {
    throw new TestSystemError({
      text: "The file RELEASE at “{home}” on the test system “{system}” names no product and version that SOPM knows. Say with “product” what runs there, such as “Znuny 7.1.7”.",
      values: { home: system.home, system: system.name },
    });
  }
  const commands = systemCommands(system, release);
  reach.know({ console: consoleWords(release).program });
  // A release whose programs are other ones than most have.
  await reach.allow(all(commands));
  return { release, commands };
}

/** What a system is taken for as long as it has not said what it is. */
const newest = dialectIds.at(-1)!;

/** @throws TestSystemError for a product that nobody knows */
function productOf(text: string): ProductVersion {
  const product = readProductVersion(text);
  if (product) return product;
  throw new TestSystemError(unknownProduct(text));
}

/** @throws TestSystemError where the system tells no list */
export async function installedPackages(
  reach: SystemReach,
  { commands }: OpenedSystem,
): Promise<readonly ListedPackage[]> {
  const listed = await reach.run(commands.list);
  const { code, output } = listed;
  const { name: system, home } = reach.system;
  if (code === 126 || code === 127) {
    throw new TestSystemError({
      text: "The test system “{system}” has no program “{console}” that can be run: {reason}",
      values: { system, console: reach.shown(commands.list), reason: failureReason(listed) },
    });
  }
  if (code !== 0) {
    throw new TestSystemError({
      text: "The test system “{system}” does not list its packages ({code}): {reason}",
      values: { system, code: `${code ?? "–"}`, reason: failureReason(listed) },
    });
  }
  const packages = readPackageList(output);
  if (packages) return packages;
  throw new TestSystemError({
    text: "What the test system “{system}” answers is no list of packages. Its console at “{home}” may be another program. It says: {reason}",
    values: { system, home, reason: lastLine(output) },
  });
}
