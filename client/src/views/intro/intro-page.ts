import type * as vscode from "vscode";
import { viewPage } from "../view-page.ts";

/** The page of a preview before anything is in it. @param uri of the package */
export function introPage(title: string, uri: vscode.Uri): string {
  return viewPage({
    ...{ title, uri, style: pageStyle },
    body: (nonce) => `<body>
<main id="intros"></main>
<script ${nonce}>${pageScript}</script>
</body>`,
  });
}

const pageStyle = `
.readers{color:var(--quiet);font-size:.88rem;margin:.8rem 0 .2rem}
.intro{border-style:solid;background:var(--block);border-radius:4px}
.intro h3{margin-top:.2rem}
main.old{opacity:.6}
`;

const pageScript = `
const editor = acquireVsCodeApi();
const page = document.getElementById("intros");
addEventListener("message", ({ data }) => {
  if (data.kind === "busy") return;
  page.classList.toggle("old", data.kind !== "intros" || !data.isReadable);
  if (data.kind === "problem" && !page.firstChild) page.textContent = data.message;
  if (data.kind !== "intros") return;
  document.getElementById("style").textContent = data.style;
  page.innerHTML = data.html;
});
editor.setState({ uri: document.documentElement.dataset.uri });
editor.postMessage({ kind: "ready" });
`;
