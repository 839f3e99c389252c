import { runWords } from "../../server/src/cli/run-words.ts";
import type { Shell } from "../../server/src/host/shell.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { oneLine } from "../../server/src/text/visible.ts";
import { type CliResult, cliEnvironment } from "./run-cli.ts";

/**
 * Does what `sopm` with these words does, in the process of the test: in a fraction of the time where many calls are
 * made of which only what they say matters. What a process has of its own, such as signals, pipes and its user, is for
 * {@link runCli}.
 */
export async function runHere(words: readonly string[]): Promise<CliResult> {
  const world = nodeWorld();
  const environment = cliEnvironment();
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
    ...{ warn, lineOf, complain: (text, values = {}) => warn(`sopm: ${lineOf({ text, values })}`) },
    readInput: async () => new Uint8Array(),
    outputIsClosed: () => false,
    terminal: undefined,
    showProgress: undefined,
    whileInterruptible: (work) => work(new AbortController().signal),
    serve: () => Promise.reject(new Error("a server is started in a process of its own")),
  });
  return { code, stdout, stderr };
}
