import { runWords } from "../../server/src/cli/run-words.ts";
import type { FileSystem } from "../../server/src/host/file-system.ts";
import { complaint, type Shell } from "../../server/src/host/shell.ts";
import type { Message, MessageArguments } from "../../server/src/l10n/translate.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { oneLine } from "../../server/src/text/visible.ts";
import { type CliOptions, type CliResult, cliEnvironment } from "./run-cli.ts";

/**
 * Does what {@link runCli} does, in the process of the test: in a fraction of the time where many calls are made of which
 * only what they say matters. What a process has of its own, such as signals, pipes and its user, is for that one. One
 * call at a time may have a folder of its own.
 *
 * @param options.files what the disk is taken for; absent for the real one
 */
export async function runHere(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  { cwd = process.cwd(), files }: Pick<CliOptions, "cwd"> & { readonly files?: FileSystem } = {},
): Promise<CliResult> {
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return await run(words, cliEnvironment(environment), files);
  } finally {
    process.chdir(before);
  }
}

async function run(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  files: FileSystem | undefined,
): Promise<CliResult> {
  const real = nodeWorld();
  const world = files ? { ...real, files: () => files } : real;
  const machine = { ...world.machine, variable: (name: string) => environment[name] };
  const lineOf: Shell["lineOf"] = (message) => oneLine(world.texts.textOf(message));
  let stdout = "";
  let stderr = "";
  const warn = (line: string) => {
    stderr += `${line}\n`;
  };
  const { code } = await runWords(words, {
    world: { ...world, machine },
    print: (text) => {
      stdout += text;
    },
    printBytes: (bytes) => {
      stdout += Buffer.from(bytes).toString();
    },
    ...{ warn, lineOf },
    complain: (said: string | Message, values?: MessageArguments) =>
      warn(`sopm: ${lineOf(complaint(said, values))}`),
    readInput: async () => new Uint8Array(),
    outputIsClosed: () => false,
    terminal: undefined,
    showProgress: undefined,
    whileInterruptible: (work) => work(new AbortController().signal),
    serve: () => Promise.reject(new Error("a server is started in a process of its own")),
  });
  return { code, stdout, stderr };
}
