import * as vscode from "vscode";
import type { ChosenSystem } from "../../chosen-system.ts";
import { documentSelector } from "../../document-selector.ts";

/** The language status item that says what dry runs are tried on. */
export function showProduct(system: ChosenSystem): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("sopm.product", documentSelector);
  item.name = vscode.l10n.t("SOPM dry runs");
  item.command = { command: "sopm.chooseProductVersion", title: vscode.l10n.t("Choose Product Version…") };
  const update = () => {
    const { choice, label } = system;
    const settings = vscode.workspace.getConfiguration("sopm");
    const named = settings.get("sandbox", "") || settings.get("productVersion", "");
    const [text, detail] = label
      ? [label, choice?.kind === "sandbox" ? vscode.l10n.t("sandbox") : vscode.l10n.t("as it is delivered")]
      : named !== ""
        ? [named, vscode.l10n.t("from the settings")]
        : [vscode.l10n.t("What the package is made for"), ""];
    item.text = `$(beaker) ${text}`;
    item.detail = [vscode.l10n.t("dry runs"), detail].filter((each) => each !== "").join(", ");
  };
  update();
  return vscode.Disposable.from(
    item,
    system.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("sopm")) update();
    }),
  );
}
