import { escapeHtml } from "../../../server/src/text/escape.ts";

/** The style of a row of controls, and of what is said about a page as a whole; that of reports does not know of them. */
export const controlsStyle = `
.toolbar{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .5rem;font-size:.85rem;
padding:.35rem 1.25rem;background:var(--vscode-editor-background);border-bottom:1px solid var(--border,transparent)}
.toolbar .space{flex:1 1 0}
.toolbar button,button.fix,button.report{font:inherit;font-size:.85rem;padding:.15rem .55rem;cursor:pointer;border-radius:2px;
color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);
border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent))}
.toolbar button:hover,button.fix:hover,button.report:hover{background:var(--vscode-button-secondaryHoverBackground)}
.toolbar button:disabled{opacity:.5;cursor:default}
.working{color:var(--quiet);visibility:hidden}
.busy .working{animation:appear 0s .25s forwards}
@keyframes appear{to{visibility:visible}}
#problem{margin:.5rem 1.25rem;padding:.4rem .7rem;border:1px solid var(--vscode-inputValidation-warningBorder,currentColor);
color:var(--vscode-inputValidation-warningForeground,inherit);background:var(--vscode-inputValidation-warningBackground,transparent)}
#problem[hidden]{display:none}
.outdated{opacity:.6}
.only-heard{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:34rem){.toolbar .space{display:none}.toolbar .working{order:1}}
@media print{.toolbar,button.fix,button.report{display:none}}
`;

/** A button of such a row. @param title what it does */
export function controlButton(id: string, text: string, title: string): string {
  return `<button type="button" id="${id}" title="${escapeHtml(title)}">${escapeHtml(text)}</button>`;
}
