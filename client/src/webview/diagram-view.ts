// The script of the page of a diagram. It shows what the extension sends, and tells it what the reader wants.
import type {
  DiagramMemory,
  MessageFromView,
  MessageToView,
  ViewTexts,
} from "../views/diagram/view-messages.ts";
import { drawPng } from "./draw-png.ts";
import { type Box, type Direction, nextBox } from "./next-box.ts";
import { at, type Editor, PageFrame, setText, wayTo } from "./page-frame.ts";

declare function acquireVsCodeApi(): Editor<MessageFromView, DiagramMemory>;

const editor = acquireVsCodeApi();
const texts: ViewTexts = JSON.parse(document.body.dataset.texts!);
const page = at("diagram");
const list = at("list");
const frame = new PageFrame(at("view"));
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
    case "draw":
      drawPng(data.svg).then(
        (png) => editor.postMessage({ kind: "drawn", data: png }),
        () => editor.postMessage({ kind: "drawn", data: undefined }),
      );
      break;
    default:
      frame.hear(data);
  }
});

function showDiagram(data: Extract<MessageToView, { kind: "diagram" }>): void {
  setText(at("style"), data.style);
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
  at("notes").replaceChildren(...data.notes.map(noteOf));
  frame.settle(data.notes.join(" "));
}

function noteOf(text: string): HTMLElement {
  const note = document.createElement("span");
  note.textContent = text;
  return note;
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
  const fitting = Math.min(page.clientWidth / size.width, page.clientHeight / size.height);
  // What is hidden has no size that anything could fit into.
  scale(Math.min(most, page.hidden ? 1 : fitting));
}

function showList(isList: boolean): void {
  list.hidden = !isList;
  page.hidden = isList;
  // The list says in words what its signs mean.
  at("notes").hidden = isList;
  at("as-list").setAttribute("aria-pressed", String(isList));
  for (const each of document.querySelectorAll<HTMLButtonElement>(".zoom")) each.disabled = isList;
  const { left = 0, top = 0 } = memory.view ?? {};
  page.scrollTo({ left, top, behavior: "instant" });
  rememberView();
}

function open(element: Element | null): void {
  const place = element?.closest<HTMLElement | SVGElement>("[data-start]");
  const way = place && wayTo(place);
  if (way) editor.postMessage(way);
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
  else if (keys[key] && !page.hidden) controls[keys[key]]?.();
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

function rememberView(): void {
  if (!size) return;
  // What is hidden is scrolled nowhere.
  const { left, top } = (page.hidden && memory.view) || { left: page.scrollLeft, top: page.scrollTop };
  remember({ view: { zoom, isList: page.hidden, left, top } });
}

function remember(changes: Partial<DiagramMemory>): void {
  memory = { ...memory, ...changes };
  editor.setState(memory);
}

page.addEventListener("scrollend", rememberView);
remember({});
showList(kept?.isList ?? false);
editor.postMessage({ kind: "ready" });
