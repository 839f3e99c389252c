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
import { type KeptView, keepView, restoreView } from "./kept-view.ts";

/** What outlives a reload of the window. */
interface Memory extends KeptView {
  /** Whether steps that go as planned are hidden. */
  readonly onlyAttention?: boolean;
  readonly state?: ReportState;
}

declare function acquireVsCodeApi(): {
  postMessage(message: MessageFromView): void;
  getState(): Memory | undefined;
  setState(memory: Memory): void;
};

const options: readonly ReportOption[] = ["force", "documented", "workspacePackages"];

const editor = acquireVsCodeApi();
const page = document.getElementById("report")!;
const announcement = document.getElementById("announcement")!;
const problem = document.getElementById("problem")!;
const outdated = document.getElementById("outdated")!;
const texts: ViewTexts = JSON.parse(document.body.dataset.texts!);
const onlyAttention = document.getElementById("only-attention") as HTMLInputElement;
let memory: Memory = editor.getState() ?? { folds: {}, scroll: 0 };
onlyAttention.checked = memory.onlyAttention ?? false;
/** What is on the page, to leave it alone where nothing is different. */
let shown: string | undefined;

window.addEventListener("message", ({ data }: MessageEvent<MessageToView>) => {
  if (data.kind === "busy") {
    showBusy(data.isBusy);
    return;
  }
  memory = { ...memory, state: data.state };
  showOptions(data.state);
  outdated.hidden = data.kind !== "outdated" || shown === undefined;
  if (data.kind === "report") showReport(data);
  else if (data.kind === "problem") showProblem(data.message);
  remember();
});

function showReport({ html, style, assumable, verdict }: Extract<MessageToView, { kind: "report" }>): void {
  // The first report takes the folds and the place that the page had before the window was reloaded.
  const kept = shown !== undefined ? keepView(page) : memory;
  setText(document.getElementById("style")!, style);
  const contents = html + JSON.stringify(assumable);
  if (contents !== shown) {
    page.innerHTML = html;
    addAssumptionButtons(page, assumable, texts);
    restoreView(page, kept);
  }
  shown = contents;
  problem.hidden = true;
  page.classList.remove("outdated");
  setText(announcement, verdict);
}

/** The page says that it is busy until it hears something, because it is made before anything is known. */
function showBusy(isBusy: boolean): void {
  document.body.classList.toggle("busy", isBusy);
  page.setAttribute("aria-busy", String(isBusy));
}

function showProblem(message: string): void {
  problem.hidden = false;
  setText(problem, message);
  page.classList.add("outdated");
}

function showOptions(state: ReportState): void {
  for (const option of options) {
    (document.getElementById(option) as HTMLInputElement).checked = state[option];
  }
}

/** A screen reader speaks, and the browser works, only where something is different. */
function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!button) return;
  const { start, end, key, outcome } = button.dataset;
  if (button.id === "export" || button.id === "apply") editor.postMessage({ kind: button.id });
  else if (start !== undefined && end !== undefined) {
    editor.postMessage({ kind: "open", start: Number(start), end: Number(end) });
  } else if (key !== undefined) {
    const assumed = outcome === "fails" || outcome === "succeeds" ? outcome : undefined;
    editor.postMessage({ kind: "assume", key, outcome: assumed });
  }
});

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const { id, checked: value } = target;
  if (id === "only-attention") remember();
  const option = options.find((each) => each === id);
  if (option) editor.postMessage({ kind: "set", option, value });
});

/** Folds and the place on the page are kept where the reader changes them, since a hidden page is thrown away. */
function remember(): void {
  if (shown !== undefined) memory = { ...memory, ...keepView(page), focus: undefined };
  memory = { ...memory, onlyAttention: onlyAttention.checked };
  editor.setState(memory);
}

document.addEventListener("toggle", remember, true);
window.addEventListener("scrollend", remember);

editor.postMessage({ kind: "ready" });
