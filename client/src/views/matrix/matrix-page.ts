import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { controlButton, controlsStyle } from "../controls-style.ts";
import { viewPage } from "../view-page.ts";
import type { ViewTexts } from "./view-messages.ts";

/**
 * The page of an upgrade matrix before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function matrixPage(title: string, uri: vscode.Uri, script: vscode.Uri): string {
  const texts: ViewTexts = {
    onDatabase: vscode.l10n.t("On a database"),
    report: vscode.l10n.t("Report"),
  };
  return viewPage({
    ...{ title, uri, style: controlsStyle + pageStyle },
    body: (nonce) => `<body class="busy" data-texts="${escapeHtml(JSON.stringify(texts))}">
<div class="toolbar" role="group" aria-label="${escapeHtml(vscode.l10n.t("Options of the upgrade matrix"))}">
${controlButton("verify-cell", vscode.l10n.t("Verify Path on Database"), vscode.l10n.t("Execute the statements of the path that was last chosen in the table"))}
${controlButton("verify-all", vscode.l10n.t("Verify All on Database"), vscode.l10n.t("Execute the statements of all paths, each in a database of its own"))}
<span class="space"></span>
<span class="working">${escapeHtml(vscode.l10n.t("Working…"))}</span>
${controlButton("export", vscode.l10n.t("Export…"), vscode.l10n.t("Write the matrix into a file"))}
</div>
<p id="announcement" class="only-heard" role="status"></p>
<p id="problem" role="alert" hidden></p>
<p id="keys" class="only-heard">${escapeHtml(vscode.l10n.t("The arrow keys go from cell to cell, Enter opens the dry run of a path, V executes its statements on a database."))}</p>
<main id="matrix"></main>
<section id="measured" hidden></section>
<script ${nonce} src="${escapeHtml(script.toString())}"></script>
</body>`,
  });
}

/** What the report's own style does not know of: controls, and cells that can be chosen. */
const pageStyle = `
button.fix{margin:.25rem 0;color:var(--vscode-button-foreground);background:var(--vscode-button-background)}
button.fix:hover{background:var(--vscode-button-hoverBackground)}
main{max-width:none;padding-bottom:1rem}
#measured{padding:0 1.25rem 3rem}
.matrix td{padding:0}
.matrix button.cell{font:inherit;color:inherit;background:none;border:0;width:100%;padding:.25rem .6rem;text-align:left;cursor:pointer}
.matrix button.cell:hover{background:var(--vscode-list-hoverBackground,transparent)}
.matrix button.cell:focus-visible{outline:2px solid var(--focus);outline-offset:-2px}
.matrix .same{color:inherit}.matrix .same [aria-hidden]{color:var(--good)}
.matrix .chosen{box-shadow:inset 0 0 0 1px var(--focus)}
.matrix .mark{display:block;font-size:.82rem;font-weight:400;padding:0 .6rem .25rem}
.vscode-high-contrast .matrix button.cell:hover,.vscode-high-contrast-light .matrix button.cell:hover{
outline:1px dashed var(--vscode-contrastActiveBorder,currentColor);outline-offset:-2px}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}
@media (forced-colors:active){.matrix .chosen{outline:2px solid Highlight;outline-offset:-2px}}
`;
