import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { viewPage } from "../view-page.ts";
import type { ViewTexts } from "./view-messages.ts";

/**
 * The page of a diagram before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function diagramPage(title: string, uri: vscode.Uri, script: vscode.Uri): string {
  const texts: ViewTexts = { now: vscode.l10n.t("as in the editor") };
  return viewPage({
    ...{ title, uri, style: pageStyle, drawsImages: true },
    body: (nonce) => `<body data-texts="${escapeHtml(JSON.stringify(texts))}">
<div class="toolbar" role="group" aria-label="${escapeHtml(vscode.l10n.t("Options of the diagram"))}">
${button("zoom-out", "−", vscode.l10n.t("Zoom out (−)"))}
${button("zoom-reset", "100 %", vscode.l10n.t("Original size (0)"))}
${button("zoom-in", "+", vscode.l10n.t("Zoom in (+)"))}
${button("zoom-fit", vscode.l10n.t("Fit"), vscode.l10n.t("Fit into the view (F)"))}
<label id="versions" hidden>${escapeHtml(vscode.l10n.t("Version"))} <input type="range" id="version" min="0" step="1"> <output id="version-name" for="version"></output></label>
<span class="space"></span>
<button type="button" id="as-list" aria-pressed="false">${escapeHtml(vscode.l10n.t("List"))}</button>
<button type="button" id="export">${escapeHtml(vscode.l10n.t("Export…"))}</button>
</div>
<p id="notes" role="status"></p>
<p id="problem" role="alert" hidden></p>
<p id="keys" class="only-heard">${escapeHtml(vscode.l10n.t("Tab and the arrow keys go from table to table, Enter goes to the table in the spec. The list says the same in words."))}</p>
<main id="diagram" aria-describedby="keys"></main>
<section id="list" hidden></section>
<script ${nonce} src="${escapeHtml(script.toString())}"></script>
</body>`,
  });
}

function button(id: string, text: string, title: string): string {
  return `<button type="button" id="${id}" title="${escapeHtml(title)}" aria-label="${escapeHtml(title)}">${escapeHtml(text)}</button>`;
}

/** Colours of the editor for the picture, and what is around it. */
const pageStyle = `
html,body{height:100%}
body{display:flex;flex-direction:column;overflow:hidden;--d-paper:var(--vscode-editor-background);--d-ink:var(--vscode-editor-foreground);
--d-quiet:var(--quiet);--d-line:var(--quiet);--d-block:var(--block);--d-new:var(--good);--d-changed:var(--warn);--d-other:var(--link)}
body.vscode-high-contrast,body.vscode-high-contrast-light{--d-line:var(--text);--d-block:var(--background)}
.vscode-high-contrast .own .box,.vscode-high-contrast-light .own .box{stroke:var(--vscode-contrastBorder,var(--text))}
.toolbar{flex:none;display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .3rem;padding:.3rem .75rem;font-size:.8rem;
border-bottom:1px solid var(--border,transparent)}
.toolbar .space{flex:1 1 0}
.toolbar button{font:inherit;padding:.1rem .45rem;min-width:1.7rem;cursor:pointer;border-radius:2px;
color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);
border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent))}
.toolbar button:hover{background:var(--vscode-button-secondaryHoverBackground)}
.toolbar button[aria-pressed=true]{outline:2px solid var(--focus);outline-offset:-2px}
#zoom-reset{min-width:3.6rem;font-variant-numeric:tabular-nums}
#versions{display:inline-flex;align-items:center;gap:.4rem;margin-left:.6rem}
#versions[hidden]{display:none}
#version{width:clamp(4rem,14vw,10rem);accent-color:var(--link)}
#version-name{min-width:4rem;font-variant-numeric:tabular-nums}
#notes{flex:none;margin:0;padding:.3rem .75rem;font-size:.8rem;line-height:1.35;color:var(--quiet)}
#problem{flex:none;margin:.3rem .75rem;padding:.4rem .7rem;border:1px solid var(--vscode-inputValidation-warningBorder,currentColor);
color:var(--vscode-inputValidation-warningForeground,inherit);background:var(--vscode-inputValidation-warningBackground,transparent)}
#problem[hidden]{display:none}
#diagram{flex:1;overflow:auto;margin:0;padding:0;max-width:none;min-height:0;width:100%}
#diagram[hidden]{display:none}
#diagram svg{display:block}
#list{flex:1;overflow:auto;min-height:0;padding:0 1.25rem 3rem}
#list[hidden]{display:none}
#list .place{font-size:inherit}
[data-start]{cursor:pointer}
.table:focus{outline:none}
.table:focus-visible .box{stroke:var(--focus);stroke-width:3;stroke-dasharray:none}
.row[data-start]:hover .column,.table[data-start]:hover>.name{text-decoration:underline}
.reference:hover path{stroke-width:3}
.outdated{opacity:.6}
.only-heard{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (forced-colors:active){.box,.reference path{stroke:CanvasText}.table:focus-visible .box{stroke:Highlight}}
`;
