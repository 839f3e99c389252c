import { undo } from "../engine/undo.ts";
import type { Shell } from "../host/shell.ts";
import type { ExitCode, Given } from "./command.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { resetParameters, undoParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox undo`: takes operations back, the last one unless told otherwise. */
export async function sandboxUndo(given: Given<typeof undoParameters>, shell: Shell): Promise<ExitCode> {
  const { print, complain, lineOf } = shell;
  if (given.to !== undefined && !/^\d{1,9}$/.test(given.to)) {
    throw new UsageError("--to takes the number of an operation, as “sopm sandbox show” tells it.");
  }
  const done = await undo({
    sandbox: await openSandboxArgument(given.folder, shell, given),
    to: given.to === undefined ? undefined : Number(given.to),
    withProgress: (work) => withProgress(shell, work),
  });
  if (done.kind === "nothing") {
    complain("There is nothing to undo in this sandbox.");
    return 1;
  }
  const values = { number: done.to };
  print(`${lineOf({ text: "The sandbox is as it was after operation {number}.", values })}\n`);
  return 0;
}

/** `sopm sandbox reset`: takes everything back that was done since the sandbox was made. */
export async function sandboxReset(given: Given<typeof resetParameters>, shell: Shell): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const sandbox = await openSandboxArgument(given.folder, shell, given);
  await withProgress(shell, (work) => sandbox.reset(work));
  print(`${lineOf({ text: "The sandbox is as it was when it was made." })}\n`);
  return 0;
}
