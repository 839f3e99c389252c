import { ProgressType } from "vscode-languageserver";
import type { Message } from "../l10n/translate.ts";
import { type Operation, operationTitles } from "../protocol/operations.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** What is reported while something is done. */
export const workDone = new ProgressType<
  | { readonly kind: "begin"; readonly title: string }
  | { readonly kind: "report"; readonly message: string; readonly percentage: number }
  | { readonly kind: "end" }
>();

/**
 * Reports how many files of how many are done.
 *
 * @param token undefined where nobody wants to know
 */
export function fileProgress(
  session: Session,
  token: string | number | undefined,
): (files: number, total: number) => void {
  return (files, total) =>
    tell(session, token, { text: "file {files} of {total}", values: { files, total } }, files, total);
}

/**
 * Reports which statement of how many is executed.
 *
 * @param operations those that are executed, in this order
 */
export function statementProgress(
  session: Session,
  token: string | number | undefined,
  operations: readonly Operation[],
): (operation: Operation, done: number, all: number) => void {
  const { textOf } = session.world.texts;
  let told = -1;
  return (operation, done, all) => {
    const part = operations.indexOf(operation) + done / all;
    // Of thousands, nobody can read more.
    const percentage = Math.floor((part / operations.length) * 100);
    if (percentage === told) return;
    told = percentage;
    const values = { operation: textOf({ text: operationTitles[operation] }), number: done + 1, all };
    tell(
      session,
      token,
      { text: "{operation}: statement {number} of {all}", values },
      part,
      operations.length,
    );
  };
}

function tell(
  { connection, world }: Session,
  token: string | number | undefined,
  message: Message,
  done: number,
  all: number,
): void {
  if (token === undefined) return;
  const percentage = all === 0 ? 100 : Math.round((done / all) * 100);
  const report = { kind: "report", message: world.texts.textOf(message), percentage } as const;
  inBackground(connection, connection.sendProgress(workDone, token, report));
}
