import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ShownIntroParams, shownIntroRequest } from "../../../../server/src/protocol/sandbox-view.ts";
import { escapeHtml } from "../../../../server/src/text/escape.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { operationName } from "../sandboxes/choose-operation.ts";
import { viewPage } from "../view-page.ts";

/**
 * Shows the introduction of an operation as the package manager's screen does, and waits for the reader.
 *
 * @returns whether to go on: also where there is none, or it cannot be read
 */
export async function showIntro(
  client: LanguageClient,
  { uri, operation, phase }: Omit<ShownIntroParams, "uri"> & { readonly uri: vscode.Uri },
): Promise<boolean> {
  const of = client.code2ProtocolConverter.asUri(uri);
  const intro = await ask(client, shownIntroRequest, { uri: of, operation, phase });
  if (intro?.kind !== "intro") return true;
  const { html, style } = intro;
  const title = `${operationName(operation)}: ${intro.title}`;
  const options = { enableScripts: true, localResourceRoots: [] };
  const panel = vscode.window.createWebviewPanel("sopm.shownIntro", title, vscode.ViewColumn.Active, options);
  return new Promise((resolve) => {
    panel.webview.onDidReceiveMessage((message) => {
      if (message === "ready") inBackground(panel.webview.postMessage({ html, style }));
      else {
        resolve(message === "continue");
        panel.dispose();
      }
    });
    panel.onDidDispose(() => resolve(false));
    panel.webview.html = pageFor(title, phase);
  });
}

function pageFor(title: string, phase: ShownIntroParams["phase"]): string {
  const goOn = phase === "pre" ? vscode.l10n.t("Continue") : vscode.l10n.t("Close");
  const cancel =
    phase === "pre"
      ? `<button type="button" id="cancel">${escapeHtml(vscode.l10n.t("Cancel"))}</button>`
      : "";
  return viewPage({
    ...{ title, style: pageStyle },
    body: (nonce) => `<body>
<main>
<h1>${escapeHtml(title)}</h1>
<div id="intro"></div>
<p class="buttons"><button type="button" id="continue">${escapeHtml(goOn)}</button>${cancel}</p>
</main>
<script ${nonce}>${pageScript}</script>
</body>`,
  });
}

const pageStyle = `
h1{font-size:1.2rem}
.intro{border-style:solid;background:var(--block);border-radius:4px}
.intro h3{margin-top:.2rem}
.buttons{display:flex;gap:.6rem}
.buttons button{font:inherit;padding:.3rem .8rem;border-radius:2px;cursor:pointer;
color:var(--vscode-button-secondaryForeground);background:var(--vscode-button-secondaryBackground);
border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent))}
#continue{color:var(--vscode-button-foreground);background:var(--vscode-button-background)}
`;

const pageScript = `
const editor = acquireVsCodeApi();
const say = (message) => () => editor.postMessage(message);
const goOn = document.getElementById("continue");
goOn.addEventListener("click", say("continue"));
document.getElementById("cancel")?.addEventListener("click", say("cancel"));
addEventListener("keydown", ({ key }) => { if (key === "Escape") editor.postMessage("cancel"); });
addEventListener("message", ({ data }) => {
  document.getElementById("style").textContent = data.style;
  document.getElementById("intro").innerHTML = data.html;
  goOn.focus();
});
editor.postMessage("ready");
`;
