import type { Machine } from "../host/machine.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import type { Translate } from "../l10n/translate.ts";
import { version } from "../protocol/version.ts";
import { closest } from "../text/similar.ts";
import type { Command, CommandGroup, ExitCode } from "./command.ts";
import { commands } from "./commands.ts";
import { complainAbout, complainAboutMistake } from "./complain-about.ts";
import { commandHelp, overviewHelp } from "./help.ts";
import { readWords } from "./read-words.ts";
import { UsageError } from "./usage-error.ts";

/** How a run has ended. */
export interface RunEnd {
  readonly code: ExitCode;
  /** True when a command was run to its end: what it needs is worth keeping compiled. */
  readonly isCommandRun: boolean;
}

/** Does what words behind `sopm` ask for. Never throws: what goes wrong is told and makes an exit code. */
export async function runWords(words: readonly string[], shell: Shell): Promise<RunEnd> {
  try {
    return await run(words, shell);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    if (isUsage) shell.complain(error.message, error.values);
    else if (error instanceof PackageError) complainAbout(shell, error);
    else complainAboutMistake(shell, error);
    return { code: isUsage ? 2 : 1, isCommandRun: false };
  }
}

async function run(words: readonly string[], shell: Shell): Promise<RunEnd> {
  const { world, print } = shell;
  const show = (text: string): RunEnd => {
    print(text);
    return { code: 0, isCommandRun: false };
  };
  const { translate } = world.texts;
  const [name = "--help", ...rest] = words;
  world.texts.choose(languageAskedFor(rest) ?? environmentLocale(world.machine));
  if (name === "--version") return show(`${version}\n`);
  const isHelp = name === "help" && rest[0] !== undefined;
  if (name === "--help" || name === "-h" || (name === "help" && !isHelp)) return show(overview(translate));
  const asked = isHelp ? rest : words;
  const asksForHelp = isHelp || beforeOperands(rest).some((word) => word === "--help" || word === "-h");
  const found = find(asked, asksForHelp);
  if (asksForHelp) return show(helpOf(found, translate));
  const { command, group } = found;
  if (!command) throw noCommand(asked[1], group.commands, `sopm ${group.name}`);
  const given = readWords(command, asked.slice(group ? 2 : 1));
  return { code: await command.run(given as never, shell), isCommandRun: true };
}

/** A command with the word that it stands behind, or that word alone. */
type Found =
  | { readonly command: Command; readonly group: CommandGroup | undefined }
  | { readonly command: undefined; readonly group: CommandGroup };

/**
 * @param isLenient whether a word alone is enough, whatever is typed behind it
 * @throws UsageError when there is no such command
 */
function find([name = "", second]: readonly string[], isLenient: boolean): Found {
  const first = commands.find((each) => each.name === name);
  if (!first) throw noCommand(name, commands, "sopm");
  if (!("commands" in first)) return { command: first, group: undefined };
  const command = first.commands.find((each) => each.name === second);
  if (command) return { command, group: first };
  if (second === undefined || isLenient) return { command, group: first };
  throw noCommand(second, first.commands, `sopm ${name}`);
}

function noCommand(
  name: string | undefined,
  among: readonly { readonly name: string }[],
  words: string,
): UsageError {
  const names = among.map((each) => each.name);
  const near = name === undefined ? undefined : closest(name, names);
  if (near !== undefined) {
    return new UsageError("There is no command “{name}”. Did you mean “{near}”?", {
      name: name!,
      near: `${words} ${near}`,
    });
  }
  return words === "sopm"
    ? new UsageError("There is no command “{name}”. “sopm --help” lists the commands.", { name: name! })
    : new UsageError("“{words}” is followed by one of: {allowed}.", { words, allowed: names.join(", ") });
}

function overview(translate: Translate): string {
  return overviewHelp(
    "sopm",
    {
      about: "SOPM checks and builds packages for Znuny, OTRS and OTOBO.",
      exits: ["all is well", "errors were found or the work failed"],
      commands,
    },
    translate,
  );
}

function helpOf({ command, group }: Found, translate: Translate): string {
  return command
    ? commandHelp(command, group, translate)
    : overviewHelp(`sopm ${group.name}`, group, translate);
}

/** The language the environment asks for, as POSIX orders the variables. */
function environmentLocale({ variable }: Machine): string | undefined {
  return variable("LC_ALL") || variable("LC_MESSAGES") || variable("LANG");
}

/** Help and complaints about options come before the options are read, and in the language asked for all the same. */
function languageAskedFor(words: readonly string[]): string | undefined {
  const options = beforeOperands(words);
  const at = options.findLastIndex((word) => /^--language(=|$)/.test(word));
  if (at < 0) return undefined;
  const [, value = options[at + 1]] = options[at]!.split("=");
  return value;
}

/** The words before `--`, behind which nothing is an option. */
function beforeOperands(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}
