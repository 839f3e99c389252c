import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";

/** Writes a file beside its place first, so that there is never half of one. @throws the error of the file system */
export async function writeWhole(target: vscode.Uri, contents: string | Uint8Array): Promise<void> {
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
