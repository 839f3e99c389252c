import { isInEffect, type LoggedOperation } from "../sandbox/operation-log.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { WithProgress } from "./system-world.ts";

export interface UndoRequest {
  readonly sandbox: Sandbox;
  /** The operation to go back to; undefined for the one before the last. */
  readonly to: number | undefined;
  readonly withProgress: WithProgress;
}

export type UndoOutcome =
  | { readonly kind: "nothing" }
  /** `number` is that of the undo itself. */
  | { readonly kind: "undone"; readonly to: number; readonly number: number };

/** Takes operations on a sandbox back. @throws PackageError when it cannot be changed; it is then as before */
export async function undo({ sandbox, to, withProgress }: UndoRequest): Promise<UndoOutcome> {
  const target = to ?? beforeLast(await sandbox.operations());
  if (target === undefined) return { kind: "nothing" };
  const { number } = await withProgress((work) => sandbox.undo(target, work));
  return { kind: "undone", to: target, number };
}

/** The operation before the last one that still counts; undefined when there is none to take back. */
function beforeLast(operations: readonly LoggedOperation[]): number | undefined {
  const last = operations.findLast(isInEffect)?.number ?? 0;
  return operations.findLast(({ number, canGoBackTo }) => canGoBackTo && number < last)?.number;
}
