import { missingPart } from "../host/missing-part.ts";
import { PackageError } from "../host/package-error.ts";
import { nodeWorld } from "../node/world.ts";
import { version } from "../protocol/version.ts";
import { closest } from "../text/similar.ts";
import type { Command, CommandGroup, ExitCode } from "./command.ts";
import { commands } from "./commands.ts";
import { complainAbout } from "./complain-about.ts";
import { commandHelp, overviewHelp } from "./help.ts";
import { processShell } from "./output.ts";
import { readWords } from "./read-words.ts";
import { UsageError } from "./usage-error.ts";

async function main(words: readonly string[]): Promise<ExitCode> {
  const [name = "--help", ...rest] = words;
  world.texts.choose(languageAskedFor(rest) ?? environmentLocale());
  if (name === "--version") return show(`${version}\n`);
  const isHelp = name === "help" && rest[0] !== undefined;
  if (name === "--help" || name === "-h" || (name === "help" && !isHelp)) return show(overview());
  const asked = isHelp ? rest : words;
  const asksForHelp = isHelp || beforeOperands(rest).some((word) => word === "--help" || word === "-h");
  const found = find(asked, asksForHelp);
  if (asksForHelp) return show(helpOf(found));
  const { command, group } = found;
  if (!command) throw noCommand(asked[1], group.commands, `sopm ${group.name}`);
  const code = await command.run(readWords(command, asked.slice(group ? 2 : 1)) as never, shell);
  isCommandRun = true;
  return code;
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

function overview(): string {
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

function helpOf({ command, group }: Found): string {
  return command
    ? commandHelp(command, group, translate)
    : overviewHelp(`sopm ${group.name}`, group, translate);
}

function show(text: string): ExitCode {
  shell.print(text);
  return 0;
}

/** The language the environment asks for, as POSIX orders the variables. */
function environmentLocale(): string | undefined {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return LC_ALL || LC_MESSAGES || LANG;
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

let isCommandRun = false;
let resultsAreLost = false;
const world = nodeWorld();
const { translate } = world.texts;
const shell = processShell(world, () => {
  resultsAreLost = true;
  process.exitCode = 1;
});
const { complain } = shell;
// Whatever is thrown where nobody waits for it ends the run as all other mistakes of ours do.
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => {
    complainAboutMistake(error);
    process.exit(1);
  });
}
/** Whether a command has been run to its end: what it needs is worth keeping compiled. */
export const isWarm: Promise<boolean> = main(process.argv.slice(2)).then(
  (code) => {
    // Not process.exit: what was printed into a pipe must get there first.
    process.exitCode = resultsAreLost ? 1 : code;
    return isCommandRun;
  },
  (error: unknown) => {
    if (error instanceof UsageError) complain(error.message, error.values);
    else if (error instanceof PackageError) complainAbout(shell, error);
    else complainAboutMistake(error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
    return false;
  },
);

/** Says on one line what nobody expected, and what to do. Only our own mistakes and a damaged SOPM come here. */
function complainAboutMistake(error: unknown): void {
  const path = missingPart(error);
  const { message = String(error), stack = message, syscall } = Object(error) as NodeJS.ErrnoException;
  if (path !== undefined) complain("A part of SOPM is missing: {path}. Install SOPM again.", { path });
  else if (syscall === "uv_cwd")
    complain("The current folder is gone. Go to one that is there, and try again.");
  else if (process.env.SOPM_DEBUG) complain("{reason}", { reason: stack });
  else {
    complain(
      "Something went wrong that should not: {reason}. Please report it, with the command and what it says when SOPM_DEBUG=1 is set.",
      { reason: message },
    );
  }
}
