// The script of the page of an upgrade matrix. It shows what the extension sends, and tells it what the reader wants.
import type {
  MeasuredCell,
  MessageFromView,
  MessageToView,
  ViewTexts,
} from "../views/matrix/view-messages.ts";
import type { ViewMemory } from "../views/view-messages.ts";
import { type Cell, cellAfterKey } from "./grid-keys.ts";
import { at, type Editor, PageFrame, setText, wayTo } from "./page-frame.ts";

declare function acquireVsCodeApi(): Editor<MessageFromView, ViewMemory>;

const editor = acquireVsCodeApi();
const texts: ViewTexts = JSON.parse(document.body.dataset.texts!);
const page = at("matrix");
const measured = at("measured");
const frame = new PageFrame(page);
const verifyCell = at("verify-cell") as HTMLButtonElement;
/** The cell that Tab comes to. */
let chosen: Cell = { row: 0, column: 0 };

window.addEventListener("message", ({ data }: MessageEvent<MessageToView>) => {
  switch (data.kind) {
    case "matrix":
      show(data);
      break;
    case "measured":
      showMeasured(data.cells);
      break;
    case "choose":
      goTo(data, "center");
      break;
    default:
      frame.hear(data);
  }
});

function show({ html, style, summary }: Extract<MessageToView, { kind: "matrix" }>): void {
  const focused = document.hasFocus() ? document.activeElement : null;
  const hadFocus = focused?.classList.contains("cell") ?? false;
  const { scrollX, scrollY } = window;
  setText(at("style"), style);
  page.innerHTML = html;
  const table = page.querySelector("table")!;
  table.setAttribute("role", "grid");
  table.setAttribute("aria-describedby", "keys");
  choose({ row: Math.min(chosen.row, last().row), column: Math.min(chosen.column, last().column) });
  if (hadFocus) buttonAt(chosen)?.focus({ preventScroll: true });
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  showMeasured([]);
  frame.settle(summary);
}

function showMeasured(cells: readonly MeasuredCell[]): void {
  for (const mark of page.querySelectorAll(".mark")) mark.remove();
  measured.hidden = cells.length === 0;
  const title = document.createElement("h2");
  title.textContent = texts.onDatabase;
  const list = document.createElement("ul");
  for (const [index, cell] of cells.entries()) {
    const tone = cell.isGood ? "good" : "bad";
    const mark = document.createElement("span");
    mark.className = `mark ${tone}`;
    mark.textContent = cell.mark;
    buttonAt(cell)?.after(mark);
    const item = document.createElement("li");
    const sentence = document.createElement("span");
    sentence.className = tone;
    sentence.textContent = cell.sentence;
    const report = document.createElement("button");
    report.type = "button";
    report.className = "report";
    report.dataset.measured = String(index);
    report.textContent = texts.report;
    item.append(sentence, " ", report);
    list.append(item);
  }
  measured.replaceChildren(title, list);
  if (cells.length > 0) setText(at("announcement"), cells.map(({ sentence }) => sentence).join(" "));
}

function buttonAt({ row, column }: Cell): HTMLButtonElement | null {
  return page.querySelector(`button[data-row="${row}"][data-column="${column}"]`);
}

function cellOf(target: EventTarget | null): Cell | undefined {
  const button = target instanceof Element ? target.closest<HTMLElement>("button.cell") : null;
  return button ? { row: Number(button.dataset.row), column: Number(button.dataset.column) } : undefined;
}

function last(): Cell {
  const cells = page.querySelectorAll("button.cell");
  return cellOf(cells[cells.length - 1] ?? null) ?? { row: 0, column: 0 };
}

/** One cell of a grid can be reached by Tab, the others by arrow keys from there. */
function choose(cell: Cell): void {
  for (const each of page.querySelectorAll(".chosen")) each.classList.remove("chosen");
  buttonAt(chosen)?.setAttribute("tabindex", "-1");
  chosen = cell;
  const button = buttonAt(cell);
  button?.setAttribute("tabindex", "0");
  button?.parentElement?.classList.add("chosen");
  verifyCell.disabled = !button;
}

function goTo(cell: Cell, block: ScrollLogicalPosition): void {
  const button = buttonAt(cell);
  button?.focus({ preventScroll: true });
  button?.scrollIntoView({ block, inline: block });
}

page.addEventListener("focusin", ({ target }) => {
  const cell = cellOf(target);
  if (cell) choose(cell);
});

page.addEventListener("keydown", (event) => {
  const cell = cellOf(event.target);
  if (!cell || event.altKey || event.metaKey) return;
  const next = cellAfterKey(cell, last(), event);
  if (next) {
    goTo(next, "nearest");
  } else if (event.key.toLowerCase() === "v" && !event.ctrlKey) {
    editor.postMessage({ kind: "verify", ...cell });
  } else return;
  event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!button) return;
  const { fix, measured: index } = button.dataset;
  const cell = cellOf(button);
  const way = wayTo(button);
  if (cell) editor.postMessage({ kind: "cell", ...cell });
  else if (fix !== undefined) editor.postMessage({ kind: "fix", index: Number(fix) });
  else if (way) editor.postMessage(way);
  else if (index !== undefined) editor.postMessage({ kind: "measured", index: Number(index) });
  else if (button === verifyCell) editor.postMessage({ kind: "verify", ...chosen });
  else if (button.id === "verify-all") editor.postMessage({ kind: "verify" });
  else if (button.id === "export") editor.postMessage({ kind: "export" });
});

editor.setState({ uri: document.documentElement.dataset.uri! });
editor.postMessage({ kind: "ready" });
