import * as vscode from "vscode";

/** Asks which test system is meant. Undefined when the settings name none, or the reader picks none. */
export async function chooseSystem(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const named = vscode.workspace
    .getConfiguration("sopm")
    .get<Readonly<Record<string, unknown>>>("testSystems", {});
  const names = Object.keys(named);
  if (names.length > 0) {
    const items = names.map((label) => ({ label, description: describe(named[label]) }));
    return (await vscode.window.showQuickPick(items, { title: t("Test System") }))?.label;
  }
  const open = t("Open Settings");
  const message = t("The setting sopm.testSystems names no test system.");
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand("workbench.action.openSettings", "sopm.testSystems");
  return undefined;
}

/** How it is reached, as its user has written it down. */
function describe(said: unknown): string {
  const { command, home } = (said ?? {}) as { readonly command?: unknown; readonly home?: unknown };
  const words = Array.isArray(command) ? command : [];
  return [...words, home].filter((word) => typeof word === "string").join(" ");
}
