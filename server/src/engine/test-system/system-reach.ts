import type { CommandOutcome, Commands, TestSystem, UserRecords } from "../../host/test-system.ts";
import type { CommandPermission } from "../../protocol/test-systems.ts";
import { isPlainWord } from "../../text/plain-word.ts";
import { type CommandValues, placeholders, type SystemCommand, shownCommand } from "./system-commands.ts";
import { CommandsRefused, TestSystemError } from "./test-system-error.ts";

/** Shows commands to somebody, each as it would be typed, with a program that it brings on lines of its own, and asks. */
export type AskPermission = (system: TestSystem, commands: readonly string[]) => Promise<CommandPermission>;

export interface ReachOptions {
  readonly ask: AskPermission;
  /** Folders of which no program is started. */
  readonly untrustedFolders: readonly string[];
  /** Milliseconds after which a command is ended that changes the system, and one that only asks it something. */
  readonly timeLimits: { readonly change: number; readonly question: number };
  readonly signal?: AbortSignal | undefined;
  /** Told each command before it is run, as it would be typed. */
  readonly onCommand?: ((command: string) => void) | undefined;
  /** Told what commands write that change something, each to the end of its last line. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** Minutes for what changes a system, since packages convert data, and half of one for an answer. */
export const usualTimeLimits = { change: 15 * 60_000, question: 30_000 } as const;

/** What reaches test systems. */
export interface ReachWorld {
  readonly commands?: Commands | undefined;
  readonly records?: UserRecords | undefined;
}

/**
 * The way to one test system. It runs nothing that was not shown, and hands no words on that a shell on the way might take
 * for something else.
 */
export class SystemReach {
  readonly system: TestSystem;
  readonly #commands: Commands;
  readonly #records: UserRecords | undefined;
  readonly #options: ReachOptions;
  readonly #allowed = new Set<string>();
  #known: Partial<CommandValues>;

  /** @throws TestSystemError where no programs can be started */
  constructor(system: TestSystem, { commands, records }: ReachWorld, options: ReachOptions) {
    if (!commands)
      throw new TestSystemError({
        text: "No programs can be started here, and without them no test system is reached.",
      });
    this.system = system;
    this.#commands = commands;
    this.#records = records;
    this.#options = options;
    this.#known = {};
  }

  /** Says what takes the place of words in braces from now on, wherever commands are shown. */
  know(values: Partial<CommandValues>): void {
    this.#known = { ...this.#known, ...values };
  }

  /**
   * Has those commands allowed that nobody has allowed so far. They are shown all together.
   *
   * @throws CommandsRefused when they are not
   */
  async allow(commands: readonly (SystemCommand | undefined)[]): Promise<void> {
    const all = commands.filter((command) => command !== undefined);
    const kept = await this.#kept();
    const open = all.filter((command) => {
      const pattern = this.#pattern(command);
      return !this.#allowed.has(pattern) && !kept.includes(pattern);
    });
    const permission =
      open.length > 0
        ? await this.#options.ask(
            this.system,
            open.map((each) => this.#shownWhole(each)),
          )
        : "once";
    if (permission === "no") {
      const text = "Nothing was run on the test system “{system}”, because its commands were not allowed.";
      throw new CommandsRefused({ text, values: { system: this.system.name } });
    }
    for (const command of all) this.#allowed.add(this.#pattern(command));
    if (permission === "always") await this.#keep(open.map((each) => this.#pattern(each)));
  }

  /** A command as it would be typed, as far as it is known. */
  shown(command: SystemCommand): string {
    return shownCommand(this.#words(command, { ...placeholders, ...this.#known }));
  }

  /** A command together with a program that it runs. */
  #shownWhole(command: SystemCommand): string {
    const { program } = command;
    return program === undefined ? this.shown(command) : `${this.shown(command)}\n${program}`;
  }

  /**
   * Runs a command that was allowed.
   *
   * @param changes whether it changes the system, so that it may take longer and its output is of interest
   * @param isLast whether it tidies up, which whoever cancels the work wants as well
   * @throws TestSystemError when it could not be started, or had to be ended
   */
  async run(
    command: SystemCommand,
    values: Partial<CommandValues> = {},
    { changes = false, isLast = false }: { readonly changes?: boolean; readonly isLast?: boolean } = {},
  ): Promise<Extract<CommandOutcome, { readonly kind: "ended" }>> {
    if (!this.#allowed.has(this.#pattern(command))) throw new Error("not shown");
    const known = { ...this.#known, ...values };
    requirePlain(known, this.#pattern(command));
    const words = this.#words(command, { ...placeholders, ...known });
    const { timeLimits, signal, onCommand, onOutput, untrustedFolders } = this.#options;
    const shown = shownCommand(words);
    onCommand?.(shown);
    const timeLimit = changes ? timeLimits.change : timeLimits.question;
    let isInLine = false;
    const tell = (text: string) => {
      isInLine = text === "" ? isInLine : !text.endsWith("\n");
      onOutput?.(text);
    };
    const outcome = await this.#commands.run(words as readonly [string, ...string[]], {
      ...{ untrustedFolders, timeLimit, signal: isLast ? undefined : signal },
      onOutput: changes && onOutput ? tell : undefined,
    });
    if (isInLine) tell("\n");
    if (outcome.kind === "ended") return outcome;
    throw this.#problem(outcome, words[0]!, shown, timeLimit);
  }

  #words(command: SystemCommand, values: CommandValues): readonly string[] {
    const words = command.words(values);
    return command.isRunHere ? words : [...this.system.command, ...words];
  }

  /** What is allowed: a command whatever its values are, and a program only as it was shown. */
  #pattern(command: SystemCommand): string {
    const words = this.#words(command, placeholders);
    return JSON.stringify(command.program === undefined ? words : [...words, command.program]);
  }

  #problem(
    outcome: Exclude<CommandOutcome, { readonly kind: "ended" }>,
    program: string,
    command: string,
    timeLimit: number,
  ): TestSystemError {
    const { name: system } = this.system;
    switch (outcome.kind) {
      case "cancelled":
        return new TestSystemError(
          {
            text: "“{command}” was ended before it was done. On the test system “{system}” something of it may go on.",
            values: { command, system },
          },
          true,
        );
      case "too-slow":
        return new TestSystemError(
          {
            text: "“{command}” was ended, because it did not answer for {seconds} s. On the test system “{system}” it may still go on.",
            values: { command, system, seconds: Math.round(timeLimit / 1000) },
          },
          true,
        );
      case "too-much-output":
        return new TestSystemError(
          {
            text: "“{command}” was ended, because it wrote more than a million characters.",
            values: { command },
          },
          true,
        );
      case "not-started":
        return new TestSystemError(startProblem(outcome.reason, program, system));
    }
  }

  async #kept(): Promise<readonly string[]> {
    return parsed(await this.#records?.read(record)).get(this.system.name) ?? [];
  }

  /** Where it cannot be kept the user is asked again. */
  async #keep(patterns: readonly string[]): Promise<void> {
    const all = parsed(await this.#records?.read(record));
    all.set(this.system.name, [...new Set([...(all.get(this.system.name) ?? []), ...patterns])]);
    await this.#records?.write(record, JSON.stringify(Object.fromEntries(all))).catch(() => undefined);
  }
}

function startProblem(reason: string, program: string, system: string) {
  const values = { program, system, reason };
  if (reason === "missing") {
    return {
      text: "The test system “{system}” cannot be reached: there is no program “{program}” on this computer.",
      values,
    };
  }
  if (reason === "untrusted") {
    const text =
      "The test system “{system}” cannot be reached: the program “{program}” lies in the current folder, in a working copy or in the workspace, where nothing is started.";
    return { text, values };
  }
  return {
    text: "The test system “{system}” cannot be reached: “{program}” cannot be started ({reason}).",
    values,
  };
}

/** Where it is kept which commands need not be asked about: lists of them by systems. */
const record = "allowed-commands";

function parsed(text: string | undefined): Map<string, readonly string[]> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map();
    return new Map(
      Object.entries(value).filter(
        ([, list]) => Array.isArray(list) && list.every((each) => typeof each === "string"),
      ),
    );
  } catch {
    return new Map();
  }
}

/**
 * @param pattern the command with what stands for values, of which others are not handed on
 * @throws TestSystemError for what a shell on the way might take for something else, or a program for an option
 */
function requirePlain({ from: _, ...values }: Partial<CommandValues>, pattern: string): void {
  const wrong = Object.entries(values)
    .filter(([key]) => pattern.includes(`{${key}}`))
    .flatMap(([, value]) => value)
    .find((value) => !isPlainWord(value));
  if (wrong === undefined) return;
  throw new TestSystemError({
    text: "“{word}” is not handed to a test system: it begins like an option, or a shell on the way might take it for something else. Letters, digits and the characters . _ / : @ % + = , # and - go through as they are.",
    values: { word: wrong },
  });
}
