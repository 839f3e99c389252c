import { complainAboutMistake } from "./cli/complain-about.ts";
import { runWords } from "./cli/run-words.ts";
import { processShell } from "./node/process-shell.ts";
import { nodeWorld } from "./node/world.ts";

const shell = processShell(nodeWorld());

// Whatever is thrown where nobody waits for it ends the run as all other mistakes of ours do.
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => {
    complainAboutMistake(shell, error);
    process.exit(1);
  });
}

/** Whether a command has been run to its end: what it needs is worth keeping compiled. */
export const isWarm: Promise<boolean> = runWords(process.argv.slice(2), shell).then(
  ({ code, isCommandRun }) => {
    // Results that were lost have set a code.
    process.exitCode ||= code;
    // Whoever waits for this is told first.
    process.nextTick(endWhenPrinted);
    return isCommandRun;
  },
);

/**
 * Ends the process when what was printed into a pipe has got there. By itself it would end then as well, but clear up its
 * memory first. Where something cannot be written, it does end by itself, when that has been told.
 */
function endWhenPrinted(): void {
  const streams = [process.stdout, process.stderr];
  let waiting = streams.length;
  for (const stream of streams) {
    stream.write("", (error) => {
      if (!error && --waiting === 0) process.exit();
    });
  }
}
