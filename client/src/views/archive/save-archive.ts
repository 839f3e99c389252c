import * as vscode from "vscode";

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
  if (target) await vscode.workspace.fs.copy(archive, target, { overwrite: true });
}
