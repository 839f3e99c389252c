import * as vscode from "vscode";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { uriIn } from "../../spec-target.ts";

const mostArchives = 200;

/** The archives of the workspace, sorted by path. */
export async function workspaceArchives(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles("**/*.opm", "**/node_modules/**", mostArchives);
  return found.sort((a, b) => a.path.localeCompare(b.path));
}

/**
 * The archive that a command works on: the one it was called on, else the active editor's, else the reader's pick of those
 * in the workspace, or of all on the disk. Undefined when the reader picks none.
 */
export async function chooseArchive(argument: unknown): Promise<vscode.Uri | undefined> {
  const given = uriIn(argument);
  if (given) return given;
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === "opm" && active.uri.scheme === "file") return active.uri;
  const archives = await workspaceArchives();
  if (archives.length === 0) return fileOnDisk(["opm"]);
  const other = { label: `$(folder-opened) ${vscode.l10n.t("Choose a File…")}`, uri: undefined };
  const items = [...archives.map((uri) => ({ label: nameOf(uri), uri })), other];
  const placeHolder = vscode.l10n.t("Which archive?");
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  return chosen && (chosen.uri ?? fileOnDisk(["opm"]));
}

/** A file that the reader picks on the disk. */
export async function fileOnDisk(endings: string[]): Promise<vscode.Uri | undefined> {
  const filters = { [vscode.l10n.t("Packages")]: endings };
  return (await vscode.window.showOpenDialog({ filters }))?.[0];
}

export function nameOf(uri: vscode.Uri): string {
  return oneLine(vscode.workspace.asRelativePath(uri));
}
