import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import { oneLine } from "../../server/src/text/visible.ts";
import { inBackground } from "./in-background.ts";

/**
 * Writes a file that the reader has chosen. Resolves to whether it was written; of one that was not, the reason is told.
 *
 * @param contents may throw, which is a reason as well
 * @param failed the message, by the reason on one line
 */
export async function writeFile(
  target: vscode.Uri,
  contents: () => Promise<string | Uint8Array>,
  failed: (reason: string) => string,
): Promise<boolean> {
  try {
    await writeWhole(target, await contents());
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    inBackground(vscode.window.showErrorMessage(failed(oneLine(reason))));
    return false;
  }
}

/** Says that a file was written, with a button that opens it. */
export async function offerToOpen(message: string, file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t("Open");
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand("vscode.open", file);
}

/** Writes a file beside its place first, so that there is never half of one. @throws the error of the file system */
async function writeWhole(target: vscode.Uri, contents: string | Uint8Array): Promise<void> {
  const name = `.${basename(target.path)}.${randomBytes(6).toString("hex")}.tmp`;
  const temporary = vscode.Uri.joinPath(target, "..", name);
  const { fs } = vscode.workspace;
  try {
    const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    await fs.writeFile(temporary, bytes);
    await fs.rename(temporary, target, { overwrite: true });
  } catch (error) {
    await Promise.resolve(fs.delete(temporary)).catch(() => {});
    throw error;
  }
}
