import { chooseLanguage, environmentLocale } from "../host/node/language.ts";
import { missingPart } from "../host/node/missing-part.ts";
import { build } from "./build.ts";
import { help } from "./help.ts";
import { lint } from "./lint.ts";
import { lsp } from "./lsp.ts";
import { complain, watchOutput } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** What a command returns to the shell: 0 all is well, 1 errors were found or the work failed, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** Commands that not everybody needs are loaded when they are called. */
const commands: Readonly<Record<string, (words: string[]) => Promise<ExitCode>>> = {
  lint,
  build,
  "dry-run": async (words) => (await import("./dry-run.ts")).dryRun(words),
  sandbox: async (words) => (await import("./sandbox.ts")).sandbox(words),
  sql: async (words) => (await import("./sql.ts")).sql(words),
  index: async (words) => (await import("./index-command.ts")).index(words),
  lsp,
};

async function main(words: readonly string[]): Promise<ExitCode> {
  const [name = "--help", ...rest] = words;
  chooseLanguage(languageAskedFor(rest) ?? environmentLocale(process.env));
  if (name === "--version") return help("version");
  if (name === "--help" || name === "-h") return help("overview");
  const isHelp = name === "help" && rest[0] !== undefined;
  if (name === "help" && !isHelp) return help("overview");
  const asked = isHelp ? rest[0]! : name;
  const command = Object.hasOwn(commands, asked) ? commands[asked] : undefined;
  if (!command) {
    throw new UsageError("There is no command “{name}”. “sopm --help” lists the commands.", { name: asked });
  }
  if (isHelp || beforeOperands(rest).some((word) => word === "--help" || word === "-h")) return help(asked);
  return command(rest);
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

let resultsAreLost = false;
watchOutput(() => {
  resultsAreLost = true;
  process.exitCode = 1;
});
// Whatever is thrown where nobody waits for it ends the run as all other mistakes of ours do.
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => {
    complainAboutMistake(error);
    process.exit(1);
  });
}
main(process.argv.slice(2)).then(
  (code) => {
    // Not process.exit: what was printed into a pipe must get there first.
    process.exitCode = resultsAreLost ? 1 : code;
  },
  (error: unknown) => {
    if (error instanceof UsageError) complain(error.message, error.values);
    else complainAboutMistake(error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
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
