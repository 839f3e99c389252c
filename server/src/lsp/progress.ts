import { ProgressType } from "vscode-languageserver";
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
  { connection, world }: Session,
  token: string | number | undefined,
): (files: number, total: number) => void {
  return (files, total) => {
    if (token === undefined) return;
    const message = world.texts.translate("{files} of {total} files", { files, total });
    const percentage = total === 0 ? 100 : Math.round((files / total) * 100);
    const report = { kind: "report", message, percentage } as const;
    inBackground(connection, connection.sendProgress(workDone, token, report));
  };
}
