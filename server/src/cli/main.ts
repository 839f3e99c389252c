import { chooseLanguage, environmentLocale } from "../host/node/language.ts";
import { build } from "./build.ts";
import { help } from "./help.ts";
import { lint } from "./lint.ts";
import { lsp } from "./lsp.ts";
import { UsageError } from "./usage-error.ts";

/** What a command returns to the shell: 0 all is well, 1 errors were found or the work failed, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

const commands: Readonly<Record<string, (words: string[]) => Promise<ExitCode>>> = { lint, build, lsp };

async function main(words: readonly string[]): Promise<ExitCode> {
  chooseLanguage(environmentLocale(process.env));
  const [name = "--help", ...rest] = words;
  if (name === "--help" || name === "-h" || name === "help") return help(rest[0]);
  if (name === "--version") return help("version");
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError("There is no command “{name}”.", { name });
  if (rest.includes("--help") || rest.includes("-h")) return help(name);
  return command(rest);
}

main(process.argv.slice(2)).then(
  (code) => {
    // Not process.exit: what was printed into a pipe must get there first.
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`sopm: ${error instanceof Error ? messageOf(error) : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);

function messageOf(error: Error): string {
  if (error instanceof UsageError) return error.localised();
  return process.env.SOPM_DEBUG ? (error.stack ?? error.message) : error.message;
}
