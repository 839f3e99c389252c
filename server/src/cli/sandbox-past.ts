import type { Shell } from "../host/shell.ts";
import { isInEffect } from "../sandbox/operation-log.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { ExitCode, Given } from "./command.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { resetParameters, undoParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox undo`: takes operations back, the last one unless told otherwise. */
export async function sandboxUndo(given: Given<typeof undoParameters>, shell: Shell): Promise<ExitCode> {
  const { print, complain, say } = shell;
  if (given.to !== undefined && !/^\d{1,9}$/.test(given.to)) {
    throw new UsageError("--to takes the number of an operation, as “sopm sandbox show” tells it.");
  }
  const sandbox = await openSandboxArgument(given.folder, shell);
  const to = given.to === undefined ? await beforeLast(sandbox) : Number(given.to);
  if (to === undefined) {
    complain("There is nothing to undo in this sandbox.");
    return 1;
  }
  await withProgress(shell, (work) => sandbox.undo(to, work));
  print(`${say({ text: "The sandbox is as it was after operation {number}.", values: { number: to } })}\n`);
  return 0;
}

/** `sopm sandbox reset`: takes everything back that was done since the sandbox was made. */
export async function sandboxReset(given: Given<typeof resetParameters>, shell: Shell): Promise<ExitCode> {
  const { print, say } = shell;
  const sandbox = await openSandboxArgument(given.folder, shell);
  await withProgress(shell, (work) => sandbox.reset(work));
  print(`${say({ text: "The sandbox is as it was when it was made." })}\n`);
  return 0;
}

/** The operation before the last one that still counts; undefined when there is none to take back. */
async function beforeLast(sandbox: Sandbox): Promise<number | undefined> {
  const operations = await sandbox.operations();
  const last = operations.findLast(isInEffect)?.number ?? 0;
  return operations.findLast(({ number, canGoBackTo }) => canGoBackTo && number < last)?.number;
}
