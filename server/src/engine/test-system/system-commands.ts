import { type ConsoleWords, consoleWords } from "../../dialect/console-words.ts";
import { type Release, switchesOf } from "../../dialect/switches.ts";
import type { TestSystem } from "../../host/test-system.ts";
import type { Operation } from "../../protocol/operations.ts";
import { oneLine } from "../../text/visible.ts";
import { phaseProgram } from "./phase-program.ts";

/**
 * A command about a test system. It is shown before it is run for the first time, with words in braces for what is not known
 * by then, and whoever allows it has allowed it with whatever takes their place.
 */
export interface SystemCommand {
  /** What the words say that change from run to run. */
  readonly words: (values: CommandValues) => readonly string[];
  /** True for one that is run on this computer and not on the system. */
  readonly isRunHere?: true;
  /** The text of the program that it runs, where that is none of the system. It is shown, and allowed, with the command. */
  readonly program?: string;
}

/** What changes from run to run. Each stands in words that a shell on the way may read. */
export interface CommandValues {
  /** The path of the archive on the system. */
  readonly archive: string;
  /** The path of the archive here, which is handed to programs here only. */
  readonly from: string;
  /** The name of the package. */
  readonly package: string;
  /** Absolute paths on the system. */
  readonly files: readonly string[];
  /** The name of a setting. */
  readonly setting: string;
  /** The path of a test below `scripts/test`, without its ending. */
  readonly test: string;
  /** The path of the framework's program, from its home on. */
  readonly console: string;
  /** The path of a program of ours on the system. */
  readonly program: string;
  /** A family of sections, and a phase of it. */
  readonly section: string;
  readonly phase: string;
}

/** What stands for values that are not known yet. */
export const placeholders: CommandValues = {
  archive: "{archive}",
  from: "{from}",
  package: "{package}",
  files: ["{files}"],
  setting: "{setting}",
  test: "{test}",
  console: "{console}",
  program: "{program}",
  section: "{section}",
  phase: "{phase}",
};

/** The commands that may be needed on a system. */
export interface SystemCommands {
  readonly release: SystemCommand;
  readonly list: SystemCommand;
  /** Undefined where the archive is there already. */
  readonly copy: SystemCommand | undefined;
  readonly operation: (operation: Operation) => SystemCommand;
  readonly removeCopy: SystemCommand;
  readonly digests: SystemCommand;
  readonly rebuildConfiguration: SystemCommand;
  readonly clearCaches: SystemCommand;
  readonly unitTest: SystemCommand;
  /** Undefined where no command does it; of settings and the log the same. */
  readonly tables: SystemCommand | undefined;
  readonly setting: SystemCommand | undefined;
  readonly log: SystemCommand | undefined;
  /** Runs a phase of a package alone. */
  readonly runPhase: SystemCommand | undefined;
}

/** @param release what runs there, or is taken to run there as long as nobody has asked */
export function systemCommands(system: TestSystem, release: Release): SystemCommands {
  const { home, transfer, tables } = system;
  const said = consoleWords(release);
  const { setting, log } = said;
  const inHome = ([program = "", ...words]: readonly string[], value: string): readonly string[] => [
    `${home}/${program === said.program ? value : program}`,
    ...words,
  ];
  const there = (words: (said: ConsoleWords, values: CommandValues) => readonly string[]): SystemCommand => ({
    words: (values) => inHome(words(said, values), values.console),
  });
  return {
    release: { words: () => ["cat", `${home}/RELEASE`] },
    list: there(({ list }) => list),
    copy:
      transfer.kind === "copy"
        ? {
            words: ({ from, archive }) =>
              transfer.words.map((word) =>
                word.replace(/\{(from|to)\}/g, (_, side) => (side === "from" ? from : archive)),
              ),
            isRunHere: true,
          }
        : undefined,
    operation: (operation) =>
      there((words, values) => words[operation](operation === "uninstall" ? values.package : values.archive)),
    removeCopy: { words: ({ archive }) => ["rm", "-f", archive] },
    digests: { words: ({ files }) => ["sha256sum", ...files] },
    rebuildConfiguration: there(({ rebuildConfiguration }) => rebuildConfiguration),
    clearCaches: there(({ clearCaches }) => clearCaches),
    unitTest: there(({ unitTest }, { test }) => unitTest(test)),
    tables: tables && { words: () => tables },
    setting: setting && there((_words, values) => setting(values.setting)),
    log: log && there(() => log),
    runPhase: switchesOf(release).objectManager
      ? {
          words: ({ program, archive, section, phase }) => ["perl", program, home, archive, section, phase],
          program: phaseProgram,
        }
      : undefined,
  };
}

/** A command as it is shown, on one line: its words, those with blanks and the like in quotes. */
export function shownCommand(words: readonly string[]): string {
  const shown = words
    .map((word) => (/^[\w./:@%+=,#{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
  return oneLine(shown);
}
