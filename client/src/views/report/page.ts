import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { viewPage } from "../view-page.ts";
import type { ViewTexts } from "./view-messages.ts";

/**
 * The page of a report before anything is in it.
 *
 * @param script the address of the script for this view
 */
export function pageFor(script: vscode.Uri): string {
  return viewPage({
    ...{ title: "SOPM", style: pageStyle },
    body: (nonce) => bodyWith(`<script ${nonce} src="${escapeHtml(script.toString())}"></script>`),
  });
}

function bodyWith(script: string): string {
  const texts: ViewTexts = {
    whatIfFails: vscode.l10n.t("What if it fails?"),
    whatIfSucceeds: vscode.l10n.t("What if it succeeds?"),
    takeBack: vscode.l10n.t("Take back"),
  };
  return `<body class="busy" data-texts="${escapeHtml(JSON.stringify(texts))}">
<div class="toolbar" role="group" aria-label="${escapeHtml(vscode.l10n.t("Options of the dry run"))}">
<span class="options">
${checkbox("only-attention", vscode.l10n.t("Attention only"), vscode.l10n.t("Only what needs attention"))}
${checkbox("documented", vscode.l10n.t("Documentation"), vscode.l10n.t("Compare with the documentation"))}
${checkbox("workspacePackages", vscode.l10n.t("Workspace"), vscode.l10n.t("With the packages of the workspace"))}
${checkbox("force", vscode.l10n.t("Force"), vscode.l10n.t("As if Force were given"))}
</span>
<span class="working">${escapeHtml(vscode.l10n.t("Working…"))}</span>
<span class="space"></span>
${button("export", vscode.l10n.t("Export…"))}
${button("apply", vscode.l10n.t("Apply to Sandbox…"))}
<span class="bar" aria-hidden="true"></span>
</div>
<p id="announcement" class="only-heard" role="status"></p>
<p id="outdated" hidden>${escapeHtml(vscode.l10n.t("This report is older than the text of the spec or a file of the package. A new one is being made."))}</p>
<p id="problem" role="alert" hidden></p>
<main id="report"></main>
${script}
</body>`;
}

/** @param name in a word, because the row has to fit beside an editor; @param title what it does */
function checkbox(id: string, name: string, title: string): string {
  return `<label title="${escapeHtml(title)}"><input type="checkbox" id="${id}"> <span>${escapeHtml(name)}</span></label>`;
}

function button(id: string, text: string): string {
  return `<button type="button" id="${id}">${escapeHtml(text)}</button>`;
}

/** What the report's own style does not know of: the row of controls, and what is said about the page as a whole. */
const pageStyle = `
body{--sticky-top:2.6rem}
.toolbar{position:sticky;top:0;z-index:2;height:2.6rem;display:flex;align-items:center;gap:.8rem;white-space:nowrap;
font-size:.9rem;padding:0 1.25rem;background:var(--vscode-editor-background);border-bottom:1px solid var(--border,transparent)}
.toolbar>*{flex:none}
.options{display:flex;gap:.3rem .8rem;min-width:0}
.toolbar>.options{flex:0 1 auto}
.toolbar label{flex:0 1 auto;min-width:2.2rem;overflow:hidden}
.toolbar label span{overflow:hidden;text-overflow:ellipsis}
.toolbar .space{flex:1 1 0;min-width:0}
.working{position:absolute;right:1.25rem;bottom:-1.6rem;visibility:hidden;font-size:.85rem;padding:0 .4rem;
color:var(--quiet);background:var(--vscode-editor-background)}
.bar{position:absolute;inset:auto 0 -1px;height:2px;visibility:hidden;background:no-repeat 0/25% 100%
linear-gradient(var(--vscode-progressBar-background,var(--link)) 0 0)}
.busy .working,.busy .bar{animation:appear 0s .25s forwards}
.busy .bar{animation:appear 0s .25s forwards,run 1.2s linear infinite}
@keyframes appear{to{visibility:visible}}
@keyframes run{from{background-position:-35% 0}to{background-position:135% 0}}
@media (prefers-reduced-motion:reduce){.busy .bar{animation:appear 0s .25s forwards;background-size:100%}}
.toolbar label{display:inline-flex;align-items:center;gap:.35rem;cursor:pointer}
.toolbar input{accent-color:var(--vscode-button-background);margin:0}
.toolbar button{font:inherit;font-size:.85rem;padding:.15rem .55rem;cursor:pointer;border-radius:2px;
color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);
border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent))}
.toolbar button:hover{background:var(--vscode-button-secondaryHoverBackground)}
button.assume{font:inherit;font-size:.82rem;padding:0 .4rem;margin-left:.4rem;cursor:pointer;border-radius:2px;
color:var(--vscode-foreground);background:transparent;
border:1px solid var(--vscode-contrastBorder,var(--vscode-button-border,currentColor))}
#outdated,#problem{margin:.75rem 1.25rem;padding:.6rem .9rem;border:1px solid var(--vscode-inputValidation-warningBorder,currentColor);
color:var(--vscode-inputValidation-warningForeground,inherit);background:var(--vscode-inputValidation-warningBackground,transparent)}
.outdated{opacity:.6}
.only-heard{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:48rem){body{--sticky-top:4.4rem}
.toolbar{height:4.4rem;flex-wrap:wrap;align-content:space-evenly;gap:0 .6rem;padding:0 .75rem}
.toolbar>.options{flex:1 0 100%;width:100%}.toolbar>.space{display:none}}
@media (max-width:34rem){body{--sticky-top:6.2rem}
.toolbar{height:6.2rem}
.options{flex-wrap:wrap}}
@media print{.toolbar,button.assume{display:none}}
`;
