import type { Translate } from "../l10n/translate.ts";
import { wrapped } from "../text/wrapped.ts";
import { type Command, type CommandGroup, type Parameter, type Parameters, rowsOf } from "./command.ts";
import { languageParameters } from "./common-parameters.ts";

/** Characters of a line, and of the column that the explanations begin in. */
export const lineWidth = 98;
const textColumn = 27;

/** What help says of one command. */
export function commandHelp(command: Command, group: CommandGroup | undefined, translate: Translate): string {
  const { about, parameters } = command;
  const operands = rowsOf(parameters, "operands").filter(([, { text }]) => text !== "");
  const rows: [string, string][] = [
    ...operands.map(([, row]): [string, string] => [operandWord(row, translate), textOf(row, translate)]),
    ...optionsOf(parameters).map(([name, row]): [string, string] => [
      optionWord(name, row, translate),
      textOf(row, translate),
    ]),
  ];
  const words = ["sopm", group?.name, command.name].filter((word) => word !== undefined).join(" ");
  return [
    translate("Usage: {usage}", { usage: `${words} ${usageWords(command, translate)}`.trimEnd() }),
    "",
    ...wrapped(translate(about), lineWidth),
    "",
    ...table(rows),
    "",
    ...exitLines(command, translate),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** What help says of commands behind one word, or of all. */
export function overviewHelp(
  words: string,
  {
    about,
    commands,
    exits,
  }: Pick<CommandGroup, "about" | "exits"> & { readonly commands: readonly (Command | CommandGroup)[] },
  translate: Translate,
): string {
  const rows = commands.map((each): [string, string] => [
    `${words} ${each.name} ${"commands" in each ? translate("COMMAND …") : operandWords(each, translate)}`.trimEnd(),
    translate(each.summary),
  ]);
  if (words === "sopm") rows.push(["sopm --help | --version", ""]);
  const lines = [
    ...wrapped(translate(about), lineWidth),
    "",
    translate("Usage:"),
    ...table(
      rows,
      2 + Math.max(...rows.map(([word]) => (word.length <= longestUsage ? word.length : 0))) + 2,
    ),
    "",
    ...wrapped(
      translate("“{command} --help” tells the options of a command.", {
        command: `${words} ${translate("COMMAND")}`,
      }),
      lineWidth,
    ),
    "",
    ...exitLines({ exits }, translate),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Characters of a usage beside which its summary still has room. */
const longestUsage = 48;

/** What goes behind the name of a command, such as "[options] PATH...". */
export function usageWords(command: Command, translate: Translate): string {
  return `[${translate("options")}] ${operandWords(command, translate)}`;
}

function operandWords({ parameters }: Command, translate: Translate): string {
  return rowsOf(parameters, "operands")
    .map(([, row]) => operandWord(row, translate))
    .join(" ");
}

const operandForms: Readonly<Record<NonNullable<Parameter["operand"]>, (word: string) => string>> = {
  one: (word) => word,
  optional: (word) => `[${word}]`,
  many: (word) => `${word}...`,
  any: (word) => `[${word}...]`,
};

/** How an operand is written, such as "[NAME...]". */
export function operandWord(row: Parameter, translate: Translate): string {
  return operandForms[row.operand ?? "one"](valueWord(row, translate));
}

/** How an option is written, such as "--format text|json". */
export function optionWord(name: string, row: Parameter, translate: Translate): string {
  return row.kind === "flag" ? `--${name}` : `--${name} ${valueWord(row, translate)}`;
}

/** The options of a command, with the one that all of them take. */
export function optionsOf(parameters: Parameters): readonly [string, Parameter][] {
  return rowsOf({ ...parameters, ...languageParameters }, "options");
}

function valueWord({ placeholder, choices }: Parameter, translate: Translate): string {
  return placeholder === undefined ? (choices ?? []).join("|") : translate(placeholder);
}

/** What a row is for, which values it takes where they are not in sight, and what holds without one. */
export function textOf(row: Parameter, translate: Translate): string {
  const { text, choices, placeholder, repeatable, otherwise } = row;
  const list = choices && placeholder !== undefined ? `: ${choices.join(", ")}` : "";
  const again = repeatable ? `; ${translate("may be repeated")}` : "";
  const without = otherwise === undefined ? row.default : translate(otherwise);
  return `${translate(text)}${list}${again}${without === undefined ? "" : ` (${without})`}`;
}

function exitLines({ exits: [done, failed] }: Pick<Command, "exits">, translate: Translate): string[] {
  const text = "Exit codes: 0 {done}, 1 {failed}, 2 wrong usage.";
  return wrapped(translate(text, { done: translate(done), failed: translate(failed) }), lineWidth);
}

/** Two columns; what is too long for the first has a line of its own. */
function table(rows: readonly (readonly [string, string])[], column = textColumn): string[] {
  return rows.flatMap(([word, text]) => {
    const [first = "", ...more] = wrapped(text, lineWidth - column);
    const rest = more.map((line) => `${" ".repeat(column)}${line}`);
    const start = `  ${word}`;
    return start.length < column
      ? [`${start.padEnd(column)}${first}`.trimEnd(), ...rest]
      : [start, `${" ".repeat(column)}${first}`, ...rest];
  });
}
