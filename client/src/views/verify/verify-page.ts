import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { controlButton, controlsStyle } from "../controls-style.ts";
import { viewPage } from "../view-page.ts";

/**
 * The page about executed statements before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function verifyPage(title: string, uri: vscode.Uri, script: vscode.Uri): string {
  const { t } = vscode.l10n;
  const text = (message: string) => escapeHtml(message);
  return viewPage({
    ...{ title, uri, style: controlsStyle + pageStyle },
    body: (nonce) => `<body>
<div class="toolbar" role="group" aria-label="${text(t("Options of the run"))}">
<label title="${text(t("Only what needs attention"))}"><input type="checkbox" id="only-attention"> ${text(t("Attention only"))}</label>
<span class="space"></span>
${controlButton("cancel", t("Cancel"), t("End the run; the database that was made for it is taken away"))}
${controlButton("again", t("Execute Again"), t("Execute the statements of the package as it is now"))}
${controlButton("choose", t("Choose…"), t("Choose another database or another operation"))}
</div>
<p id="progress" role="status" hidden><progress id="bar" max="100" aria-hidden="true"></progress> <span id="progress-text">${text(t("A database is made for the run…"))}</span></p>
<p id="announcement" class="only-heard" role="status"></p>
<p id="outdated" role="status" hidden>${text(t("The text has changed since the statements were executed. What is shown is about the text as it was."))}</p>
<p id="nothing" hidden>${text(t("Nothing has been executed since the window is open. Statements are executed only when you want it."))}</p>
<p id="problem" role="alert" hidden></p>
<main id="report"></main>
<script ${nonce} src="${text(script.toString())}"></script>
</body>`,
  });
}

const pageStyle = `
body{--sticky-top:2.4rem}
.toolbar label{display:inline-flex;align-items:center;gap:.35rem;cursor:pointer}
.toolbar input{accent-color:var(--vscode-button-background);margin:0}
body:not(.busy) #cancel,.busy #again,.busy #choose{display:none}
#progress,#outdated,#nothing{margin:.5rem 1.25rem}
#outdated{padding:.4rem .7rem;border:1px solid var(--vscode-inputValidation-warningBorder,currentColor);
color:var(--vscode-inputValidation-warningForeground,inherit);background:var(--vscode-inputValidation-warningBackground,transparent)}
#progress[hidden],#outdated[hidden],#nothing[hidden]{display:none}
#bar{accent-color:var(--vscode-progressBar-background,var(--link));vertical-align:middle;width:12rem;max-width:40%}
.step{grid-template-columns:2rem 1.2rem 4.2rem minmax(0,1fr)}
.lane{text-align:right;font-variant-numeric:tabular-nums}
`;
