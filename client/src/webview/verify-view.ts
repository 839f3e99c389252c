// The script of the page about executed statements. It shows what the extension sends, and tells it what the reader wants.
import type { MessageFromView, MessageToView, VerifyMemory } from "../views/verify/view-messages.ts";
import { at, type Editor, PageFrame, setText, wayTo } from "./page-frame.ts";
import { type ReportMemory, ReportPage } from "./report-page.ts";

type Memory = VerifyMemory & Partial<ReportMemory>;

declare function acquireVsCodeApi(): Editor<MessageFromView, Memory>;

const editor = acquireVsCodeApi();
const bar = at("bar") as HTMLProgressElement;
const firstProgress = at("progress-text").textContent!;
let memory: Memory = { ...editor.getState(), uri: document.documentElement.dataset.uri! };
const frame = new PageFrame(at("report"));
const report = new ReportPage(frame, memory, remember);

window.addEventListener("message", ({ data }: MessageEvent<MessageToView>) => {
  switch (data.kind) {
    case "report":
      at("nothing").hidden = true;
      report.show(data);
      break;
    case "choice":
      remember({ choice: data.choice });
      break;
    case "busy":
      showBusy(data.isBusy);
      frame.hear(data);
      break;
    case "progress":
      bar.value = data.percentage;
      setText(at("progress-text"), data.message);
      break;
    case "nothing":
      at("nothing").hidden = false;
      break;
    default:
      frame.hear(data);
  }
});

function showBusy(isBusy: boolean): void {
  at("progress").hidden = !isBusy;
  if (!isBusy) return;
  bar.removeAttribute("value");
  setText(at("progress-text"), firstProgress);
  // Each statement would be too much to be read aloud.
  setText(at("announcement"), firstProgress);
  at("nothing").hidden = true;
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!button) return;
  const way = wayTo(button);
  if (way) editor.postMessage(way);
  else if (button.id === "again" || button.id === "choose" || button.id === "cancel")
    editor.postMessage({ kind: button.id });
});

function remember(changes: Partial<Memory>): void {
  memory = { ...memory, ...changes };
  editor.setState(memory);
}

remember({});
editor.postMessage({ kind: "ready" });
