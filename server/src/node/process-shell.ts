import { createRequire } from "node:module";
import { complaint, type Shell } from "../host/shell.ts";
import type { World } from "../host/world.ts";
import type { Message, MessageArguments } from "../l10n/translate.ts";
import { oneLine } from "../text/visible.ts";
import { wantsColors } from "./colors.ts";

/**
 * The shell that has started this process. A closed pipe does not end the program with a stack trace: whoever closes one
 * has seen enough. Everything else that keeps results from being written makes the run fail.
 */
export function processShell(world: World): Shell {
  const { stdout, stderr } = process;
  const { textOf } = world.texts;
  const lineOf: Shell["lineOf"] = (message) => oneLine(textOf(message));
  const warn = (line: string) => void stderr.write(`${line}\n`);
  const complain: Shell["complain"] = (said: string | Message, values?: MessageArguments) =>
    warn(`sopm: ${lineOf(complaint(said, values))}`);
  /** Set when the reader has hung up, as `head` does; what is written then goes nowhere. */
  let isClosed = false;
  stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (isClosed) return;
    isClosed = true;
    if (code === "EPIPE") return;
    complain("The results cannot be written: {reason}.", { reason: code ?? message });
    process.exitCode = 1;
  });
  stderr.on("error", () => {
    // There is nowhere left to say so.
  });
  const print = (result: string | Uint8Array) => {
    if (!isClosed) stdout.write(result);
  };
  const colors = wantsColors(process.env, stdout.isTTY);
  return {
    world,
    ...{ print, printBytes: print },
    ...{ complain, warn, lineOf },
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    outputIsClosed: () => isClosed,
    terminal: colors || stdout.isTTY ? { width: stdout.columns, colors } : undefined,
    showProgress: stderr.isTTY ? (text) => void stderr.write(`\r\u001b[K${text}`) : undefined,
    whileInterruptible,
    serve,
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function whileInterruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  for (const signal of signals) process.once(signal, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.removeListener(signal, interrupt);
  }
}

/** The server is a bundle of its own beside this one. */
async function serve(): Promise<never> {
  // It goes on where a command would end.
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  createRequire(import.meta.url)("./server.js");
  return new Promise(() => {
    // It ends the process when its client says so or hangs up.
  });
}
