import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { escapeHtml } from "../../../../server/src/text/escape.ts";

/**
 * The page of a preview before anything is in it. Nothing but our own script and style is let in, by a number that
 * nobody can guess; whatever a package puts into its texts is neither run nor loaded.
 */
export function introPage(title: string): string {
  const nonce = randomBytes(18).toString("base64");
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}" id="style"></style>
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
<main id="intros"></main>
<script nonce="${nonce}">${pageScript}</script>
</body>
</html>
`;
}

const pageStyle = `
.readers{color:var(--quiet);font-size:.88rem;margin:.8rem 0 .2rem}
.intro{border-style:solid;background:var(--block);border-radius:4px}
.intro h3{margin-top:.2rem}
main.old{opacity:.6}
`;

/** What cannot be read just now leaves in place what was shown before. */
const pageScript = `
const page = document.getElementById("intros");
addEventListener("message", ({ data }) => {
  page.classList.toggle("old", !data.isReadable);
  if (!data.isReadable && page.firstChild) return;
  document.getElementById("style").textContent = data.style;
  page.innerHTML = data.html;
});
acquireVsCodeApi().postMessage("ready");
`;
