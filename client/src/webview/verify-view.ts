// The script of the page about executed statements. It shows what the extension sends, and tells it what the reader wants.
import type { MessageFromView, MessageToView, VerifyMemory } from "../views/verify/view-messages.ts";
import { keepView, restoreView } from "./kept-view.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: MessageFromView): void;
  getState(): VerifyMemory | undefined;
  setState(memory: VerifyMemory): void;
};

const editor = acquireVsCodeApi();
const at = (id: string) => document.getElementById(id)!;
const page = at("report");
const problem = at("problem");
const firstProgress = at("progress-text").textContent!;
editor.setState({ ...editor.getState(), uri: document.documentElement.dataset.uri! });

window.addEventListener("message", ({ data }: MessageEvent<MessageToView>) => {
  switch (data.kind) {
    case "report":
      showReport(data);
      break;
    case "choice":
      editor.setState({ ...editor.getState()!, choice: data.choice });
      break;
    case "busy":
      showBusy(data.isBusy);
      break;
    case "progress":
      (at("bar") as HTMLProgressElement).value = data.percentage;
      at("progress-text").textContent = data.message;
      break;
    case "nothing":
      at("nothing").hidden = false;
      break;
    case "outdated":
      at("outdated").hidden = page.childElementCount === 0;
      page.classList.add("outdated");
      break;
    case "problem":
      problem.hidden = false;
      problem.textContent = data.message;
      page.classList.add("outdated");
      break;
  }
});

function showReport({ html, style, verdict }: Extract<MessageToView, { kind: "report" }>): void {
  const kept = keepView(page);
  at("style").textContent = style;
  page.innerHTML = html;
  restoreView(page, kept);
  page.classList.remove("outdated");
  for (const id of ["problem", "nothing", "outdated"]) at(id).hidden = true;
  at("announcement").textContent = verdict;
}

function showBusy(isBusy: boolean): void {
  document.body.classList.toggle("busy", isBusy);
  page.setAttribute("aria-busy", String(isBusy));
  at("progress").hidden = !isBusy;
  if (!isBusy) return;
  (at("bar") as HTMLProgressElement).removeAttribute("value");
  at("progress-text").textContent = firstProgress;
  for (const id of ["problem", "nothing"]) at(id).hidden = true;
  page.classList.add("outdated");
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!button) return;
  const { start, end } = button.dataset;
  if (start !== undefined) editor.postMessage({ kind: "open", start: Number(start), end: Number(end) });
  else if (button.id === "again" || button.id === "choose" || button.id === "cancel")
    editor.postMessage({ kind: button.id });
});

editor.postMessage({ kind: "ready" });
