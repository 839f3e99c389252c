import { createRequire } from "node:module";
import type { ExitCode } from "./main.ts";
import { readOptions } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `sopm lsp --stdio`: the language server, for editors other than VS Code. It is a bundle of its own beside this one.
 *
 * It speaks over standard input and output, whether that is asked for or not.
 */
export async function lsp(words: string[]): Promise<ExitCode> {
  // The second is what client libraries add to any server they start.
  const { positionals } = readOptions(words, {
    stdio: { type: "boolean" },
    clientProcessId: { type: "string" },
  });
  if (positionals.length > 0) {
    throw new UsageError("The language server is told about files by its client; leave out “{word}”.", {
      word: positionals[0]!,
    });
  }
  // The server goes on where a command would end.
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  createRequire(import.meta.url)("./server.js");
  return new Promise(() => {
    // The server ends the process when its client says so or hangs up.
  });
}
