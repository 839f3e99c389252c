import { createRequire } from "node:module";
import type { ExitCode } from "./main.ts";

/** `sopm lsp --stdio`: the language server, for editors other than VS Code. It is a bundle of its own beside this one. */
export async function lsp(words: string[]): Promise<ExitCode> {
  if (!words.includes("--stdio")) process.argv.push("--stdio");
  // The server goes on where a command would end.
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  createRequire(import.meta.url)("./server.js");
  return new Promise(() => {
    // The server ends the process when its client says so or hangs up.
  });
}
