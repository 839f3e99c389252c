// The script of the report's page. It shows what the extension sends, and tells it what the reader wants; it decides
// nothing itself.
import type {
  MessageFromView,
  MessageToView,
  ReportOption,
  ReportState,
  ViewTexts,
} from "../views/report/view-messages.ts";
import { addAssumptionButtons } from "./assumption-buttons.ts";
import { at, type Editor, PageFrame, wayTo } from "./page-frame.ts";
import { type ReportMemory, ReportPage } from "./report-page.ts";

/** What outlives a reload of the window. */
interface Memory extends Partial<ReportMemory> {
  readonly state?: ReportState;
}

declare function acquireVsCodeApi(): Editor<MessageFromView, Memory>;

const options: readonly ReportOption[] = ["force", "documented", "workspacePackages"];

const editor = acquireVsCodeApi();
const texts: ViewTexts = JSON.parse(document.body.dataset.texts!);
let memory: Memory = editor.getState() ?? {};
const frame = new PageFrame(at("report"));
const report = new ReportPage(frame, memory, remember);

window.addEventListener("message", ({ data }: MessageEvent<MessageToView>) => {
  switch (data.kind) {
    case "report": {
      const { assumable } = data;
      report.show(data, (page) => addAssumptionButtons(page, assumable, texts), JSON.stringify(assumable));
      break;
    }
    case "state":
      showOptions(data.state);
      remember({ state: data.state });
      break;
    default:
      frame.hear(data);
  }
});

function showOptions(state: ReportState): void {
  for (const option of options) (at(option) as HTMLInputElement).checked = state[option];
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!button) return;
  const { key, outcome } = button.dataset;
  const way = wayTo(button);
  if (button.id === "export" || button.id === "apply") editor.postMessage({ kind: button.id });
  else if (way) editor.postMessage(way);
  else if (key !== undefined) {
    const assumed = outcome === "fails" || outcome === "succeeds" ? outcome : undefined;
    editor.postMessage({ kind: "assume", key, outcome: assumed });
  }
});

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const { id, checked: value } = target;
  const option = options.find((each) => each === id);
  if (option) editor.postMessage({ kind: "set", option, value });
});

function remember(changes: Memory): void {
  memory = { ...memory, ...changes };
  editor.setState(memory);
}

editor.postMessage({ kind: "ready" });
