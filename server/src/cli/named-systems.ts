import { type NamedTestSystems, readTestSystems } from "../configuration/test-system-settings.ts";
import { type ReachOptions, usualTimeLimits } from "../engine/test-system/system-reach.ts";
import { TestSystemError } from "../engine/test-system/test-system-error.ts";
import type { Shell } from "../host/shell.ts";
import type { TestSystem } from "../host/test-system.ts";
import { linesTo } from "../text/lines-to.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode } from "./command.ts";
import { fileOfUser } from "./file-of-user.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The test systems that whoever calls has named, in a file by an option or by the environment. No file of a workspace is
 * asked.
 *
 * @param file as the option has it; undefined where it was not given
 */
export async function namedSystems(file: string | undefined, { world }: Shell): Promise<NamedTestSystems> {
  const path = file ?? world.machine.variable("SOPM_SYSTEMS");
  if (!path) {
    throw new UsageError(
      "Nothing says where test systems are. Name a file that does with --systems, or in the environment variable SOPM_SYSTEMS.",
    );
  }
  const noObject = "The file “{file}” is no JSON object with test systems by their names.";
  return readTestSystems(await fileOfUser(path, noObject, world), world.paths);
}

/** One of them by its name. @throws UsageError */
export function systemNamed(name: string | undefined, { systems, faults }: NamedTestSystems): TestSystem {
  const names = systems.map((each) => each.name).join(", ") || "–";
  if (name === undefined)
    throw new UsageError("Name the test system with --on. There are: {names}.", { names });
  const found = systems.find((each) => each.name === name);
  if (found) return found;
  const fault = faults.find((each) => each.name === name);
  if (fault) throw new UsageError(fault.text.text, fault.text.values);
  throw new UsageError("There is no test system “{name}”. There are: {names}.", { name, names });
}

/** How commands are allowed on the command line, as options say. */
interface Permitted {
  readonly yes: boolean;
  readonly keep: boolean;
  readonly timeout: string | undefined;
}

/**
 * How a system is reached: its commands are printed, and run where `--yes` was given.
 *
 * @param folders those that the package lies in; nothing there is started
 * @throws UsageError for a number of seconds that is none
 */
export function reachOptions(
  { yes, keep, timeout }: Permitted,
  folders: readonly string[],
  shell: Shell,
  signal: AbortSignal,
): ReachOptions {
  if (keep && !yes) throw new UsageError("--keep goes with --yes: only commands that are run are kept.");
  const seconds = timeout === undefined ? undefined : /^\d{1,5}$/.test(timeout) ? Number(timeout) : 0;
  if (seconds !== undefined && (seconds < 1 || seconds > 86_400)) {
    throw new UsageError("“{value}” is no number of seconds; write one from 1 to 86400.", {
      value: timeout!,
    });
  }
  return {
    async ask({ name }, commands) {
      shell.complain("Commands for the test system “{name}”:", { name });
      for (const command of commands) {
        const [words = "", ...program] = command.split("\n");
        shell.warn(`  ${oneLine(words)}`);
        for (const line of program) shell.warn(`    ${oneLine(line)}`.trimEnd());
      }
      if (!yes) {
        shell.complain(
          "Nothing was run. Give --yes to run these commands, with whatever takes the place of the words in braces.",
        );
        return "no";
      }
      return keep ? "always" : "once";
    },
    untrustedFolders: folders,
    timeLimits: {
      change: seconds === undefined ? usualTimeLimits.change : seconds * 1000,
      question: Math.min(usualTimeLimits.question, (seconds ?? Number.POSITIVE_INFINITY) * 1000),
    },
    signal,
    onCommand: (command) => shell.warn(`$ ${command}`),
    onOutput: linesTo((line) => shell.warn(`  ${line}`)),
  };
}

/** The folders of a package, in which nothing is started: that of its file, and the one that its files are in. */
export function foldersOfPackage(
  path: string,
  baseFolder: string | undefined,
  { world: { paths } }: Shell,
): readonly string[] {
  const own = paths.dirname(paths.resolve(path));
  return baseFolder === undefined ? [own] : [own, paths.resolve(baseFolder)];
}

/** Does work on a test system; what it cannot do is told. */
export async function onSystem(
  shell: Shell,
  work: (signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await shell.whileInterruptible(work);
  } catch (error) {
    if (!(error instanceof TestSystemError)) throw error;
    shell.complain(error.text);
    return 1;
  }
}
