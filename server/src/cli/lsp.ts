import { createRequire } from "node:module";
import type { ExitCode, Given } from "./command.ts";
import type { lspParameters } from "./commands.ts";

/**
 * `sopm lsp --stdio`: the language server, for editors other than VS Code. It is a bundle of its own beside this one.
 *
 * It speaks over standard input and output, whether that is asked for or not.
 */
export async function lsp(_: Given<typeof lspParameters>): Promise<ExitCode> {
  // The server goes on where a command would end.
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  createRequire(import.meta.url)("./server.js");
  return new Promise(() => {
    // The server ends the process when its client says so or hangs up.
  });
}
