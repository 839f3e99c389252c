import { isInEffect } from "../host/node/sandbox/operation-log.ts";
import type { Sandbox } from "../host/node/sandbox/sandbox.ts";
import type { ExitCode } from "./main.ts";
import { readOptions } from "./options.ts";
import { complain, print } from "./output.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { withProgress } from "./sandbox-progress.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox undo`: takes operations back, the last one unless told otherwise. */
export async function sandboxUndo(words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, { to: { type: "string" } });
  if (values.to !== undefined && !/^\d{1,9}$/.test(values.to)) {
    throw new UsageError("--to takes the number of an operation, as “sopm sandbox show” tells it.");
  }
  const sandbox = await openOnly(positionals);
  const to = values.to === undefined ? beforeLast(sandbox) : Number(values.to);
  if (to === undefined) {
    complain("There is nothing to undo in this sandbox.");
    return 1;
  }
  await withProgress((work) => sandbox.undo(to, work));
  print(`${say({ text: "The sandbox is as it was after operation {number}.", values: { number: to } })}\n`);
  return 0;
}

/** `sopm sandbox reset`: takes everything back that was done since the sandbox was made. */
export async function sandboxReset(words: string[]): Promise<ExitCode> {
  const { positionals } = readOptions(words, {});
  const sandbox = await openOnly(positionals);
  await withProgress((work) => sandbox.reset(work));
  print(`${say({ text: "The sandbox is as it was when it was made." })}\n`);
  return 0;
}

async function openOnly(positionals: readonly string[]): Promise<Sandbox> {
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new UsageError("Name one folder with a sandbox.");
  return openSandboxArgument(folder);
}

/** The operation before the last one that still counts; undefined when there is none to take back. */
function beforeLast(sandbox: Sandbox): number | undefined {
  const operations = sandbox.operations();
  const last = operations.findLast(isInEffect)?.number ?? 0;
  return operations.findLast(({ number, canGoBackTo }) => canGoBackTo && number < last)?.number;
}
