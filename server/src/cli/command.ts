import type { SettingKey } from "../configuration/setting-rows.ts";
import type { Shell } from "../host/shell.ts";

/** What a command returns to the shell: 0 all is well, 1 errors were found or the work failed, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** What may stand as the value of an option, or as an operand. A flag has no value. */
export type ValueKind = "flag" | "choice" | "file" | "folder" | "version" | "rule" | "text";

/**
 * One row: an option, or an operand, which is a word without dashes. Parser, help, completion and documentation are made
 * from it. All texts are English and translated where they are shown.
 */
export interface Parameter {
  readonly kind: ValueKind;
  /** What it is for. It may be empty for an operand that the command's own text explains. */
  readonly text: string;
  /** What stands for the value in help. Absent for flags, and for choices that are short enough to stand there themselves. */
  readonly placeholder?: string;
  /** All values, of a choice. */
  readonly choices?: readonly string[];
  /** Endings of the files that are meant, without dots; a shell offers these. Absent for all files. */
  readonly endings?: readonly string[];
  /** The value when none is given; help shows it. */
  readonly default?: string;
  /**
   * The setting that it stands in for. Without the option that one counts, which configurations may say, so that
   * `default` is for help only.
   */
  readonly setting?: SettingKey;
  /** What happens when no value is given, for help only. */
  readonly otherwise?: string;
  /** Whether the option may be given several times. */
  readonly repeatable?: true;
  /** Absent for an option; otherwise how many words there may be. Operands stand in the order of their rows. */
  readonly operand?: "one" | "optional" | "many" | "any";
  /** An option with which this operand is not typed. */
  readonly insteadOf?: string;
  /** For programs that start this one; neither help nor a shell tells of it. */
  readonly hidden?: true;
}

/** Rows by the names that are typed, without dashes. */
export type Parameters = Readonly<Record<string, Parameter>>;

type Value<Row> = Row extends { kind: "choice"; choices: readonly (infer Choice)[] } ? Choice : string;

type GivenValue<Row> = Row extends { kind: "flag" }
  ? boolean
  : Row extends { repeatable: true } | { operand: "many" | "any" }
    ? readonly Value<Row>[]
    : Row extends { setting: SettingKey } | { insteadOf: string }
      ? Value<Row> | undefined
      : Row extends { default: string } | { operand: "one" }
        ? Value<Row>
        : Value<Row> | undefined;

/** What was typed, by the names of the rows. */
export type Given<Rows> = { readonly [Name in keyof Rows]: GivenValue<Rows[Name]> };

export interface Command {
  /** As it is typed. */
  readonly name: string;
  /** One line without a full stop. */
  readonly summary: string;
  /** What help says before the options: whole sentences. */
  readonly about: string;
  readonly parameters: Parameters;
  /** What is said when an operand is missing. */
  readonly tooFew?: string;
  /** What is said when there is one too many; {word} is that one. Absent when it is said in the same words. */
  readonly tooMany?: string;
  /** What the exit codes 0 and 1 mean. */
  readonly exits: readonly [done: string, failed: string];
  /** @param given what was typed, by the rows of `parameters` */
  run(given: never, shell: Shell): Promise<ExitCode>;
}

/** Commands behind one word. */
export interface CommandGroup extends Pick<Command, "name" | "summary" | "about" | "exits"> {
  readonly commands: readonly Command[];
}

/** Keeps row and function together: the function gets what the rows say. */
export function command<Rows extends Parameters>(
  row: Omit<Command, "parameters" | "run"> & {
    readonly parameters: Rows;
    run(given: Given<Rows>, shell: Shell): Promise<ExitCode>;
  },
): Command {
  return row;
}

/** The options of a command, or its operands, in the order of their rows. */
export function rowsOf(parameters: Parameters, what: "options" | "operands"): readonly [string, Parameter][] {
  return Object.entries(parameters).filter(
    ([, { operand, hidden }]) => !hidden && (operand === undefined) === (what === "options"),
  );
}

/** Commands with all the words that lead to them, such as "sandbox install". */
export function withPaths(
  commands: readonly (Command | CommandGroup)[],
): readonly { readonly path: string; readonly command: Command }[] {
  return commands.flatMap((each) =>
    "commands" in each
      ? each.commands.map((command) => ({ path: `${each.name} ${command.name}`, command }))
      : [{ path: each.name, command: each }],
  );
}
