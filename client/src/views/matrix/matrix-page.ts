import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { button, framedPage } from "../framed-page.ts";
import type { ViewTexts } from "./view-messages.ts";

/**
 * The page of an upgrade matrix before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function matrixPage(title: string, uri: vscode.Uri, script: string): string {
  const { t } = vscode.l10n;
  const texts: ViewTexts = { onDatabase: t("On a database"), report: t("Report") };
  return framedPage({
    ...{ title, uri, style: pageStyle, script, texts },
    toolbar: {
      label: t("Options of the upgrade matrix"),
      controls: [
        button(
          "verify-cell",
          t("Verify Path…"),
          t("Execute the statements of the path that was last chosen in the table, on a database"),
        ),
        button(
          "verify-all",
          t("Verify All…"),
          t("Execute the statements of all paths, each in a database of its own"),
        ),
      ],
      endControls: [button("export", t("Export…"), t("Write the matrix into a file"))],
    },
    contents: `<p id="keys" class="only-heard">${escapeHtml(t("The arrow keys go from cell to cell, Enter opens the dry run of a path, V executes its statements on a database."))}</p>
<main><div id="matrix"></div>
<section id="measured" hidden></section></main>`,
  });
}

/** What the report's own style does not know of: cells that can be chosen, and what was measured. */
const pageStyle = `
button.fix{margin:.25rem 0;color:var(--vscode-button-foreground);background:var(--vscode-button-background)}
button.fix:hover{background:var(--vscode-button-hoverBackground)}
main{max-width:none}
.matrix td{padding:0}
.matrix tr:first-child th:first-child,.matrix th[scope=row]{position:sticky;left:0;z-index:1;
box-shadow:inset 1px 0 var(--border),inset -1px 0 var(--border);background:linear-gradient(var(--block),var(--block)),var(--background)}
.matrix button.cell{font:inherit;color:inherit;background:none;border:0;width:100%;padding:.25rem .6rem;text-align:left;cursor:pointer}
.matrix button.cell:hover{background:var(--vscode-list-hoverBackground,transparent)}
.matrix button.cell:focus-visible{outline:2px solid var(--focus);outline-offset:-2px}
.matrix .same{color:inherit}.matrix .same [aria-hidden]{color:var(--good)}
.matrix .chosen{box-shadow:inset 0 0 0 1px var(--focus)}
.matrix .mark{display:block;font-size:.82rem;font-weight:400;white-space:normal;color:var(--text);padding:0 .6rem .25rem}
button.report{display:block;margin:.2rem 0 .5rem}
.vscode-high-contrast .matrix button.cell:hover,.vscode-high-contrast-light .matrix button.cell:hover{
outline:1px dashed var(--vscode-contrastActiveBorder,currentColor);outline-offset:-2px}
.bad,.matrix .mark.bad{color:var(--bad);font-weight:600}
@media (forced-colors:active){.matrix .chosen{outline:2px solid Highlight;outline-offset:-2px}}
`;
