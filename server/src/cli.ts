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
    // Not process.exit: what was printed into a pipe must get there first. Results that were lost have set a code.
    process.exitCode ||= code;
    return isCommandRun;
  },
);
