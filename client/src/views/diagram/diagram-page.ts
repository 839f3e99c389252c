import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { button, framedPage } from "../framed-page.ts";
import type { ViewTexts } from "./view-messages.ts";

/**
 * The page of a diagram before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function diagramPage(title: string, uri: vscode.Uri, script: string): string {
  const { t } = vscode.l10n;
  const texts: ViewTexts = { now: t("as in the editor") };
  const keys = t(
    "Tab and the arrow keys go from table to table, Enter goes to the table in the spec. The list says the same in words.",
  );
  return framedPage({
    ...{ title, uri, style: pageStyle, drawsImages: true, script, texts },
    toolbar: {
      label: t("Options of the diagram"),
      controls: [
        zoomButton("zoom-out", "−", t("Zoom out (−)")),
        zoomButton("zoom-reset", "100 %", t("Original size (0)")),
        zoomButton("zoom-in", "+", t("Zoom in (+)")),
        zoomButton("zoom-fit", t("Fit"), t("Fit into the view (F)")),
        `<label id="versions" hidden>${escapeHtml(t("Version"))} <input type="range" id="version" min="0" step="1"> <output id="version-name" for="version"></output></label>`,
      ],
      endControls: [button("as-list", t("List")), button("export", t("Export…"))],
    },
    contents: `<p id="notes"></p>
<p id="keys" class="only-heard">${escapeHtml(keys)}</p>
<main id="view"><div id="diagram" aria-describedby="keys"></div>
<section id="list" hidden></section></main>`,
  });
}

/** A sign says nothing to who only hears it. */
function zoomButton(id: string, text: string, title: string): string {
  return `<button type="button" id="${id}" class="zoom" title="${escapeHtml(title)}" aria-label="${escapeHtml(title)}">${escapeHtml(text)}</button>`;
}

/** Colours of the editor for the picture, and what is around it. */
const pageStyle = `
html,body{height:100%}
body{display:flex;flex-direction:column;overflow:hidden;--d-paper:var(--vscode-editor-background);--d-ink:var(--vscode-editor-foreground);
--d-quiet:var(--quiet);--d-line:var(--quiet);--d-block:var(--block);--d-new:var(--good);--d-changed:var(--warn);--d-other:var(--link)}
body.vscode-high-contrast,body.vscode-high-contrast-light{--d-line:var(--text);--d-block:var(--background)}
.vscode-high-contrast .own .box,.vscode-high-contrast-light .own .box{stroke:var(--vscode-contrastBorder,var(--text))}
.toolbar .zoom{min-width:1.7rem}
.toolbar button[aria-pressed=true]{outline:2px solid var(--focus);outline-offset:-2px}
.toolbar #zoom-reset{min-width:3.6rem;font-variant-numeric:tabular-nums}
#versions{gap:.4rem}
#version{width:clamp(4rem,14vw,10rem);accent-color:var(--link)}
#version-name{min-width:4rem;font-variant-numeric:tabular-nums}
#notes{flex:none;margin:0;padding:.3rem 1.25rem;font-size:.8rem;line-height:1.35;color:var(--quiet)}
main{flex:1;display:flex;min-height:0;width:100%;max-width:none;margin:0;padding:0}
#diagram,#list{flex:1;overflow:auto;min-width:0}
#diagram svg{display:block}
#list{padding:0 1.25rem 3rem}
#list .place{font-size:inherit}
[data-start]{cursor:pointer}
.table:focus{outline:none}
.table:focus-visible .box{stroke:var(--focus);stroke-width:3;stroke-dasharray:none}
.row[data-start]:hover .column,.table[data-start]:hover>.name{text-decoration:underline}
.reference:hover path{stroke-width:3}
#notes span{display:inline-block;margin-right:1rem}
@media (max-width:40rem){#notes,#list{padding-inline:.75rem}#versions{order:1;flex:1 0 100%}}
@media (forced-colors:active){.box,.reference path{stroke:CanvasText}.table:focus-visible .box{stroke:Highlight}}
`;
