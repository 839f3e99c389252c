import * as vscode from "vscode";
import { escapeHtml } from "../../../server/src/text/escape.ts";
import { type ViewPage, viewPage } from "./view-page.ts";

/** A page with a script of its own, and controls above what it shows if it has any. */
export interface FramedPage extends Omit<ViewPage, "body"> {
  readonly toolbar?: Toolbar;
  /** What is said of something that is about an earlier text; absent where it follows the text by itself. */
  readonly outdated?: string;
  /** HTML of what is below the controls. */
  readonly contents: string;
  /** What the script puts into the page, in the reader's language. */
  readonly texts?: object;
  /** The address of the script. */
  readonly script: string;
}

interface Toolbar {
  /** What the controls are for; read aloud. */
  readonly label: string;
  /** HTML of the controls. */
  readonly controls: readonly string[];
  /** HTML of those that stand at the end of the row. */
  readonly endControls: readonly string[];
}

/** The page before anything is in it. `PageFrame` is the part of its script that knows the elements that are made here. */
export function framedPage(page: FramedPage): string {
  const { toolbar, contents, texts = {}, script, ...rest } = page;
  const follows = vscode.l10n.t(
    "This is about an earlier text of the package. It follows as soon as the present one can be read.",
  );
  const { outdated = follows } = page;
  return viewPage({
    ...rest,
    style: frameStyle + page.style,
    body: (nonce) => `<body data-texts="${escapeHtml(JSON.stringify(texts))}">
<div class="top">
${toolbar ? toolbarHtml(toolbar) : ""}<p id="outdated" class="warning" hidden>${escapeHtml(outdated)}</p>
<p id="problem" class="warning" role="alert" hidden></p>
</div>
<p id="announcement" class="only-heard" role="status"></p>
${contents}
<script ${nonce} src="${escapeHtml(script)}"></script>
</body>`,
  });
}

function toolbarHtml({ label, controls, endControls }: Toolbar): string {
  return `<div class="toolbar" role="group" aria-label="${escapeHtml(label)}">
${controls.join("\n")}
<span class="end">${endControls.join("\n")}</span>
<span class="working">${escapeHtml(vscode.l10n.t("Working…"))}</span>
<span class="bar" aria-hidden="true"></span>
</div>
`;
}

/** @param title what it does, where its text does not say it */
export function button(id: string, text: string, title = ""): string {
  const more = title === "" ? "" : ` title="${escapeHtml(title)}"`;
  return `<button type="button" id="${id}"${more}>${escapeHtml(text)}</button>`;
}

/** @param name in a word, because the row has to fit beside an editor; @param title what it does */
export function checkbox(id: string, name: string, title: string): string {
  return `<label title="${escapeHtml(title)}"><input type="checkbox" id="${id}"> <span>${escapeHtml(name)}</span></label>`;
}

/** The style of controls, and of what is said about a page as a whole; that of reports does not know of them. */
const frameStyle = `
*{box-sizing:border-box}
body{margin:0;padding:0;font:15px/1.5 var(--vscode-font-family)}
.top{position:sticky;top:0;z-index:2;flex:none;background:var(--vscode-editor-background)}
.toolbar{position:relative;display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .6rem;min-height:2.4rem;
font-size:.85rem;padding:.3rem 1.25rem;border-bottom:1px solid var(--border,transparent)}
.toolbar .end{display:flex;flex-wrap:wrap;gap:.3rem .5rem;margin-left:auto}
.toolbar label{display:inline-flex;align-items:center;gap:.35rem;cursor:pointer;min-width:0}
.toolbar label span{overflow:hidden;text-overflow:ellipsis}
.toolbar input{accent-color:var(--vscode-button-background);margin:0}
.toolbar button,button.fix,button.report{font:inherit;font-size:.85rem;padding:.15rem .55rem;cursor:pointer;border-radius:2px;
color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);
border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent))}
.toolbar button:hover,button.fix:hover,button.report:hover{background:var(--vscode-button-secondaryHoverBackground)}
.toolbar button:disabled{opacity:.5;cursor:default}
.working{position:absolute;right:1.25rem;bottom:-1.6rem;visibility:hidden;padding:0 .4rem;
color:var(--quiet);background:var(--vscode-editor-background)}
.bar{position:absolute;inset:auto 0 -1px;height:2px;visibility:hidden;background:no-repeat 0/25% 100%
linear-gradient(var(--vscode-progressBar-background,var(--link)) 0 0)}
.busy .working,.busy .bar{animation:appear 0s .25s forwards}
.busy .bar{animation:appear 0s .25s forwards,run 1.2s linear infinite}
@keyframes appear{to{visibility:visible}}
@keyframes run{from{background-position:-35% 0}to{background-position:135% 0}}
@media (prefers-reduced-motion:reduce){.busy .bar{animation:appear 0s .25s forwards;background-size:100%}}
.warning{margin:.5rem 1.25rem;max-height:30vh;overflow:auto;padding:.4rem .7rem;border:1px solid var(--vscode-inputValidation-warningBorder,currentColor);
color:var(--vscode-inputValidation-warningForeground,inherit);background:var(--vscode-inputValidation-warningBackground,transparent)}
.outdated{animation:fade 0s .25s forwards}
@keyframes fade{to{opacity:.6}}
[hidden]{display:none!important}
.only-heard{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:40rem){.toolbar{padding-inline:.75rem}.warning{margin-inline:.75rem}}
@media print{.top,button.fix,button.report{display:none}}
`;
