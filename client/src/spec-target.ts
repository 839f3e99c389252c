import * as vscode from "vscode";
import { oneLine } from "../../server/src/text/visible.ts";
import { inBackground } from "./in-background.ts";
import { workspaceSpecs } from "./workspace-specs.ts";

/**
 * The address that a command was called with: as it is, as a text, or of a row of our views.
 *
 * @param argument what a menu, a lens, a keybinding or another extension passed
 */
export function uriIn(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === "string") return vscode.Uri.parse(argument);
  const { uri } = (argument ?? {}) as { readonly uri?: unknown };
  return typeof uri === "string" ? vscode.Uri.parse(uri) : undefined;
}

/**
 * The spec or archive that a command works on: the one it was called on, else the active editor's, else that of the
 * report which has the focus, else what {@link chooseSpec} finds.
 *
 * @param argument what a menu, a lens, a keybinding or another extension passed
 * @param reported URI of the package whose report has the focus
 */
export async function choosePackage(
  argument: unknown,
  reported: string | undefined,
): Promise<vscode.Uri | undefined> {
  const given = uriIn(argument);
  if (given) return given;
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === "sopm" || active?.languageId === "opm") return active.uri;
  return reported === undefined ? chooseSpec(undefined) : vscode.Uri.parse(reported);
}

/**
 * The spec a command works on: the one it was called on, else the active editor's, else the workspace's only one,
 * else the reader's pick. Undefined when there is none or the reader picks none.
 *
 * @param argument what a menu, keybinding or other extension passed
 */
export async function chooseSpec(argument: unknown): Promise<vscode.Uri | undefined> {
  const given = uriIn(argument);
  if (given) return given;
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === "sopm") return active.uri;
  const specs = await workspaceSpecs();
  if (specs.length === 0) {
    inBackground(
      vscode.window.showInformationMessage(
        vscode.l10n.t("There is no .sopm file in this workspace. Open the spec of a package first."),
      ),
    );
  }
  if (specs.length < 2) return specs[0];
  const items = specs.map((spec) => ({ label: oneLine(vscode.workspace.asRelativePath(spec)), spec }));
  const placeHolder = vscode.l10n.t("Which package?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.spec;
}

/**
 * Offers to save an edited spec, since the archive is built from what is on disk. The saved file, or undefined when the reader
 * declines.
 *
 * @param goOn what the button says
 */
export async function savedSpec(spec: vscode.Uri, goOn: string): Promise<vscode.Uri | undefined> {
  const isSpec = (document: vscode.TextDocument) => document.uri.toString() === spec.toString();
  const document = vscode.workspace.textDocuments.find(isSpec);
  if (!document?.isDirty && !document?.isUntitled) return spec;
  const name = oneLine(vscode.workspace.asRelativePath(spec));
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("{0} has unsaved changes.", name),
    { modal: true, detail: vscode.l10n.t("The archive is built from the saved file.") },
    goOn,
  );
  return answer === goOn ? vscode.workspace.save(spec) : undefined;
}
