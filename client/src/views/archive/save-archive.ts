import * as vscode from "vscode";
import { writeFile } from "../../write-file.ts";

/** Writes the archive of a package where the reader wants it. */
export async function saveArchive(
  archive: vscode.Uri,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<void> {
  // The name comes from a package or an index, and may hold anything.
  const fileName = `${name}-${version}.opm`.replace(/[^\w.+-]/g, "_");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    filters: { [vscode.l10n.t("Packages")]: ["opm"] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (!target) return;
  const failed = (reason: string) => vscode.l10n.t("The archive was not written: {0}", reason);
  await writeFile(target, async () => vscode.workspace.fs.readFile(archive), failed);
}
