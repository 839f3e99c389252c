import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { button, checkbox, framedPage } from "../framed-page.ts";

/**
 * The page about executed statements before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function verifyPage(title: string, uri: vscode.Uri, script: string): string {
  const { t } = vscode.l10n;
  return framedPage({
    ...{ title, uri, style: pageStyle, script },
    toolbar: {
      label: t("Options of the run"),
      controls: [checkbox("only-attention", t("Attention only"), t("Only what needs attention"))],
      endControls: [
        button("cancel", t("Cancel"), t("End the run; the database that was made for it is taken away")),
        button("again", t("Execute Again"), t("Execute the statements of the package as it is now")),
        button("choose", t("Choose…"), t("Choose another database or another operation")),
      ],
    },
    outdated: t(
      "The text has changed since the statements were executed. What is shown is about the text as it was.",
    ),
    contents: `<p id="progress" hidden><progress id="bar" max="100" aria-labelledby="progress-text"></progress> <span id="progress-text">${escapeHtml(t("A database is made for the run…"))}</span></p>
<p id="nothing" hidden>${escapeHtml(t("Nothing has been executed since the window is open. Statements are executed only when you want it."))}</p>
<main id="report"></main>`,
  });
}

const pageStyle = `
body:not(.busy) #cancel,.busy #again,.busy #choose,.busy .bar,.busy .working{display:none}
.busy #report{opacity:.6}
#progress,#nothing{margin:.5rem 1.25rem}
#bar{accent-color:var(--vscode-progressBar-background,var(--link));vertical-align:middle;width:12rem;max-width:40%}
.step{grid-template-columns:2rem 1.2rem 4.2rem minmax(0,1fr)}
.lane{text-align:right;font-variant-numeric:tabular-nums}
@media (max-width:40rem){#progress,#nothing{margin-inline:.75rem}}
`;
