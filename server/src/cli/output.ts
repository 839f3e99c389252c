import type { World } from "../host/world.ts";
import { oneLine } from "../text/visible.ts";
import type { Shell } from "./shell.ts";

/**
 * The shell that has started this process. A closed pipe does not end the program with a stack trace: whoever closes one
 * has seen enough. Everything else that keeps results from being written makes the run fail.
 *
 * @param onFailure called once when results are lost
 */
export function processShell(world: World, onFailure: () => void): Shell {
  const { textOf } = world.texts;
  const say: Shell["say"] = (message) => oneLine(textOf(message));
  const warn = (line: string) => void process.stderr.write(`${line}\n`);
  const complain: Shell["complain"] = (text, values = {}) => warn(`sopm: ${say({ text, values })}`);
  /** Set when the reader has hung up, as `head` does; what is written then goes nowhere. */
  let isClosed = false;
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (isClosed) return;
    isClosed = true;
    if (code === "EPIPE") return;
    complain("The results cannot be written: {reason}.", { reason: code ?? message });
    onFailure();
  });
  process.stderr.on("error", () => {
    // There is nowhere left to say so.
  });
  return {
    world,
    print: (text) => {
      if (!isClosed) process.stdout.write(text);
    },
    ...{ complain, warn, say },
    outputIsClosed: () => isClosed,
  };
}
