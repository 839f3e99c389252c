import { join } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { enginesExtension, enginesParts, enginesTitle } from "../../../server/src/protocol/engines.ts";
import { inBackground } from "../in-background.ts";

/** The folder with the optional parts, where the second extension is installed. */
export function partsFolder(): string | undefined {
  const extension = vscode.extensions.getExtension(enginesExtension);
  return extension && join(extension.extensionPath, enginesParts);
}

/** Restarts the server, which looks for optional parts when it starts, when the second extension comes or goes. */
export function followEngines(client: LanguageClient): vscode.Disposable {
  let folder = partsFolder();
  return vscode.extensions.onDidChange(() => {
    const now = partsFolder();
    if (now === folder) return;
    folder = now;
    inBackground(client.restart());
  });
}

/** Says that a part is missing, and where it is to be had; without waiting for the reader. */
export function offerEngines(): void {
  const { t } = vscode.l10n;
  const message = t(
    "{0} is an extension that is not installed. It holds the embedded PostgreSQL, which executes statements, and a Perl, which compiles code sections.",
    enginesTitle,
  );
  const show = t("Show {0}", enginesTitle);
  const offer = async () => {
    if ((await vscode.window.showInformationMessage(message, show)) === show)
      await vscode.commands.executeCommand("workbench.extensions.search", `@id:${enginesExtension}`);
  };
  inBackground(offer());
}
