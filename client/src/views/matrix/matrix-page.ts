import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
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
    ...{ title, uri, style: pageStyle },
    body: (nonce) => `<body class="busy" data-texts="${escapeHtml(JSON.stringify(texts))}">
<div class="toolbar" role="group" aria-label="${escapeHtml(vscode.l10n.t("Options of the upgrade matrix"))}">
${button("verify-cell", vscode.l10n.t("Verify Path on Database"), vscode.l10n.t("Execute the statements of the path that was last chosen in the table"))}
${button("verify-all", vscode.l10n.t("Verify All on Database"), vscode.l10n.t("Execute the statements of all paths, each in a database of its own"))}
<span class="space"></span>
<span class="working">${escapeHtml(vscode.l10n.t("Working…"))}</span>
${button("export", vscode.l10n.t("Export…"), vscode.l10n.t("Write the matrix into a file"))}
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

function button(id: string, text: string, title: string): string {
  return `<button type="button" id="${id}" title="${escapeHtml(title)}">${escapeHtml(text)}</button>`;
}

/** What the report's own style does not know of: controls, and cells that can be chosen. */
const pageStyle = `
.toolbar{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .5rem;font-size:.85rem;
padding:.35rem 1.25rem;background:var(--vscode-editor-background);border-bottom:1px solid var(--border,transparent)}
.toolbar .space{flex:1 1 0}
.toolbar button,button.fix,button.report{font:inherit;font-size:.85rem;padding:.15rem .55rem;cursor:pointer;border-radius:2px;
color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);
border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent))}
.toolbar button:hover,button.fix:hover,button.report:hover{background:var(--vscode-button-secondaryHoverBackground)}
.toolbar button:disabled{opacity:.5;cursor:default}
button.fix{margin:.25rem 0;color:var(--vscode-button-foreground);background:var(--vscode-button-background)}
button.fix:hover{background:var(--vscode-button-hoverBackground)}
.working{color:var(--quiet);visibility:hidden}
.busy .working{animation:appear 0s .25s forwards}
@keyframes appear{to{visibility:visible}}
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
#problem{margin:.5rem 1.25rem;padding:.4rem .7rem;border:1px solid var(--vscode-inputValidation-warningBorder,currentColor);
color:var(--vscode-inputValidation-warningForeground,inherit);background:var(--vscode-inputValidation-warningBackground,transparent)}
#problem[hidden]{display:none}
.outdated{opacity:.6}
.only-heard{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (forced-colors:active){.matrix .chosen{outline:2px solid Highlight;outline-offset:-2px}}
@media print{.toolbar,button.fix,button.report{display:none}}
`;
