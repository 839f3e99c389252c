import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { pageScript } from "../page-script.ts";
import { TextViews } from "../text-views.ts";
import { diagramPage } from "./diagram-page.ts";
import { DiagramPanel } from "./diagram-panel.ts";
import type { DiagramMemory } from "./view-messages.ts";

/** The tables of a package as a picture, beside its spec. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const views = new TextViews({
    type: "sopm.diagram",
    script: pageScript(context, "diagram-view"),
    titleOf: (name) => vscode.l10n.t("Tables of {0}", name),
    pageOf: diagramPage,
    open: (panel, uri, { version }: Partial<DiagramMemory>) =>
      new DiagramPanel(panel, uri, { client, version }),
  });
  context.subscriptions.push(
    views,
    vscode.commands.registerCommand("sopm.showDatabaseDiagram", (argument?: unknown) =>
      // Who calls the command by code learns what is shown.
      views.show(argument).then((view) => view?.result?.notes),
    ),
  );
}
