import { viewPage } from "../view-page.ts";

/** The page of a preview before anything is in it. */
export function introPage(title: string): string {
  return viewPage({
    ...{ title, style: pageStyle },
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
