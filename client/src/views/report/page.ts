import * as vscode from "vscode";
import { button, checkbox, framedPage } from "../framed-page.ts";
import type { ViewTexts } from "./view-messages.ts";

/**
 * The page of a report before anything is in it.
 *
 * @param script the address of the script for this view
 */
export function pageFor(script: string): string {
  const { t } = vscode.l10n;
  const texts: ViewTexts = {
    whatIfFails: t("What if it fails?"),
    whatIfSucceeds: t("What if it succeeds?"),
    takeBack: t("Take back"),
  };
  return framedPage({
    ...{ title: "SOPM", style: pageStyle, script, texts },
    toolbar: {
      label: t("Options of the dry run"),
      controls: [
        checkbox("only-attention", t("Attention only"), t("Only what needs attention")),
        checkbox("documented", t("Documentation"), t("Compare with the documentation")),
        checkbox("workspacePackages", t("Workspace"), t("With the packages of the workspace")),
        checkbox("force", t("Force"), t("As if Force were given")),
      ],
      endControls: [button("export", t("Export…")), button("apply", t("Apply to Sandbox…"))],
    },
    outdated: t(
      "This report is older than the text of the spec or a file of the package. A new one is being made.",
    ),
    contents: '<main id="report"></main>',
  });
}

/** What can be assumed of a step is a button in its line. */
const pageStyle = `
button.assume{font:inherit;font-size:.82rem;padding:0 .4rem;margin-left:.4rem;cursor:pointer;border-radius:2px;
color:var(--vscode-foreground);background:transparent;
border:1px solid var(--vscode-contrastBorder,var(--vscode-button-border,currentColor))}
@media print{button.assume{display:none}}
`;
