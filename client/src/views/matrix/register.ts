import * as vscode from "vscode";
import { onAnyChange } from "../../file-changes.ts";
import { mayBePackageFile } from "../../package-file.ts";
import type { Services } from "../../services.ts";
import { pageScript } from "../page-script.ts";
import { TextViews } from "../text-views.ts";
import { matrixPage } from "./matrix-page.ts";
import { MatrixPanel } from "./matrix-panel.ts";
import type { WantedPath } from "./wanted-cell.ts";

/** All upgrades of a package beside its spec. */
export function register(
  context: vscode.ExtensionContext,
  { client, reports, verifications, files, references }: Services,
): void {
  const views = new TextViews({
    type: "sopm.matrix",
    script: pageScript(context, "matrix-view"),
    titleOf: (name) => vscode.l10n.t("Upgrade matrix of {0}", name),
    pageOf: matrixPage,
    open: (panel, uri) => new MatrixPanel(panel, uri, { client, reports, verifications }),
  });
  context.subscriptions.push(
    views,
    references.onDidChange(() => views.outdateAll()),
    onAnyChange(files, ({ path }) => {
      if (mayBePackageFile(path)) views.outdateAll();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("sopm")) views.outdateAll();
    }),
    vscode.commands.registerCommand(
      "sopm.showUpgradeMatrix",
      async (argument?: unknown, wanted?: Partial<WantedPath>) => {
        const view = await views.show(argument);
        // Menus pass other things behind the package.
        if (wanted?.start !== undefined) view?.goTo(wanted as WantedPath);
        // Who calls the command by code learns what is shown.
        return view?.result?.summary;
      },
    ),
  );
}
