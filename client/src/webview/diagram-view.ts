// The script of the page of a diagram. It shows what the extension sends, and tells it what the reader wants.
import type {
  DiagramMemory,
  MessageFromView,
  MessageToView,
  ViewTexts,
} from "../views/diagram/view-messages.ts";
import { drawPng } from "./draw-png.ts";
import { type Box, type Direction, nextBox } from "./next-box.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: MessageFromView): void;
  getState(): DiagramMemory | undefined;
  setState(memory: DiagramMemory): void;
};

const editor = acquireVsCodeApi();
const texts: ViewTexts = JSON.parse(document.body.dataset.texts!);
const at = (id: string) => document.getElementById(id)!;
const page = at("diagram");
const list = at("list");
const problem = at("problem");
const slider = at("version") as HTMLInputElement;
let memory: DiagramMemory = { ...editor.getState(), uri: document.documentElement.dataset.uri! };
const kept = memory.view;
let zoom = kept?.zoom ?? 1;
/** Of the picture as it is drawn, in pixels; undefined before there is one. */
let size: { readonly width: number; readonly height: number } | undefined;
let shown: string | undefined;
let versions: readonly string[] = [];

window.addEventListener("message", ({ data }: MessageEvent<MessageToView>) => {
  switch (data.kind) {
    case "diagram":
      showDiagram(data);
      break;
    case "outdated":
      page.classList.add("outdated");
      break;
    case "problem":
      problem.hidden = false;
      setText(problem, data.message);
      page.classList.add("outdated");
      break;
    case "draw":
      drawPng(data.svg).then(
        (png) => editor.postMessage({ kind: "drawn", data: png }),
        () => editor.postMessage({ kind: "drawn", data: undefined }),
      );
      break;
  }
});

function showDiagram(data: Extract<MessageToView, { kind: "diagram" }>): void {
  setText(at("style"), data.style);
  problem.hidden = true;
  page.classList.remove("outdated");
  versions = data.versions;
  showVersions(data.shown);
  const contents = data.svg + data.list;
  if (contents !== shown) {
    const isFirst = shown === undefined;
    const focused = document.hasFocus() ? document.activeElement : null;
    const table = focused instanceof SVGElement ? focused.dataset.table : undefined;
    page.innerHTML = data.svg;
    list.innerHTML = data.list;
    const { width, height } = picture()!.viewBox.baseVal;
    size = { width, height };
    if (isFirst && !kept) fitPage(1);
    else scale(zoom);
    if (isFirst && kept) page.scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
    if (table !== undefined) tableAt(table)?.focus({ preventScroll: true });
    shown = contents;
  }
  setText(at("notes"), data.notes.join(" · "));
}

function showVersions(index: number): void {
  at("versions").hidden = versions.length < 2;
  slider.max = String(versions.length - 1);
  slider.value = String(index);
  nameVersion(index);
}

function nameVersion(index: number): void {
  const isLast = index === versions.length - 1;
  const name = [versions[index] ?? "", isLast ? `(${texts.now})` : ""].join(" ").trim();
  setText(at("version-name"), name);
  slider.setAttribute("aria-valuetext", name);
}

function picture(): SVGSVGElement | null {
  return page.querySelector("svg");
}

function tableAt(index: string): SVGElement | null {
  return page.querySelector<SVGElement>(`.table[data-table="${CSS.escape(index)}"]`);
}

/** Keeps in its place what is at a point of the view. */
function scale(wanted: number, point = { x: page.clientWidth / 2, y: page.clientHeight / 2 }): void {
  const svg = picture();
  if (!svg || !size) return;
  const before = zoom;
  zoom = Math.min(4, Math.max(0.02, wanted));
  const left = (page.scrollLeft + point.x) * (zoom / before) - point.x;
  const top = (page.scrollTop + point.y) * (zoom / before) - point.y;
  svg.setAttribute("width", String(size.width * zoom));
  svg.setAttribute("height", String(size.height * zoom));
  page.scrollTo({ left, top, behavior: "instant" });
  setText(at("zoom-reset"), `${Math.round(zoom * 100)} %`);
  rememberView();
}

/** @param most letters are not made larger than this */
function fitPage(most: number): void {
  if (!size) return;
  scale(Math.min(most, page.clientWidth / size.width, page.clientHeight / size.height));
}

function showList(isList: boolean): void {
  list.hidden = !isList;
  page.hidden = isList;
  at("as-list").setAttribute("aria-pressed", String(isList));
  rememberView();
}

function open(element: Element | null): void {
  const place = element?.closest<HTMLElement | SVGElement>("[data-start]");
  if (!place) return;
  const { start, end } = place.dataset;
  editor.postMessage({ kind: "open", start: Number(start), end: Number(end) });
}

const controls: Readonly<Record<string, () => void>> = {
  "zoom-in": () => scale(zoom * 1.25),
  "zoom-out": () => scale(zoom / 1.25),
  "zoom-reset": () => scale(1),
  "zoom-fit": () => fitPage(4),
  "as-list": () => showList(list.hidden),
  export: () => editor.postMessage({ kind: "export" }),
};

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const control = controls[target.closest("button")?.id ?? ""];
  if (control) control();
  else open(target);
});

slider.addEventListener("input", () => {
  const index = Number(slider.value);
  nameVersion(index);
  remember({ version: index === versions.length - 1 ? undefined : versions[index] });
  editor.postMessage({ kind: "version", index });
});

page.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { left, top } = page.getBoundingClientRect();
    scale(zoom * Math.exp(-event.deltaY / 400), { x: event.clientX - left, y: event.clientY - top });
  },
  { passive: false },
);

const keys: Readonly<Record<string, keyof typeof controls>> = {
  ...{ "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", "0": "zoom-reset", f: "zoom-fit", F: "zoom-fit" },
};

const directions: Readonly<Record<string, Direction>> = {
  ...{ ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === slider) return;
  const { target, key } = event;
  const table = target instanceof SVGElement ? target.closest<SVGElement>(".table") : null;
  const direction = directions[key];
  if (table && (key === "Enter" || key === " ")) open(table);
  else if (table && direction) goTo(table, direction);
  else if (keys[key]) controls[keys[key]]?.();
  else return;
  event.preventDefault();
});

/** What has the focus is seen, also where the page was hidden or scrolled away. */
page.addEventListener("focusin", ({ target }) => {
  if (target instanceof SVGElement) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

function goTo(table: SVGElement, direction: Direction): void {
  const tables = [...page.querySelectorAll<SVGElement>(".table")];
  const boxOf = (each: SVGElement): Box => each.querySelector(".box")!.getBoundingClientRect();
  const next = nextBox(tables.map(boxOf), tables.indexOf(table), direction);
  if (next !== undefined) tables[next]!.focus();
}

/** A screen reader speaks, and the browser works, only where something is different. */
function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function rememberView(): void {
  if (size) remember({ view: { zoom, isList: page.hidden, left: page.scrollLeft, top: page.scrollTop } });
}

function remember(changes: Partial<DiagramMemory>): void {
  memory = { ...memory, ...changes };
  editor.setState(memory);
}

page.addEventListener("scrollend", rememberView);
remember({});
if (kept?.isList) showList(true);
editor.postMessage({ kind: "ready" });
