import type { MessageFromAnyView, MessageToAnyView } from "../views/view-messages.ts";

/** The editor, as the script of a page knows it. */
export interface Editor<FromView, Memory> {
  postMessage(message: FromView): void;
  getState(): Memory | undefined;
  setState(memory: Memory): void;
}

/** An element that the page has from the beginning. */
export function at(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** A screen reader speaks, and the browser works, only where something is different. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** What a button that leads to a place says to the editor; undefined for any other. */
export function wayTo(button: HTMLElement | SVGElement): MessageFromAnyView | undefined {
  const { start, end } = button.dataset;
  return start === undefined ? undefined : { kind: "open", start: Number(start), end: Number(end) };
}

/** Most answers are there sooner; a line that comes and goes with each keystroke would move the page. In milliseconds. */
const patience = 1000;

/** What is around that which a page shows: whether work goes on, whether it is older than the text, what is in the way. */
export class PageFrame {
  readonly #main: HTMLElement;
  #isEmpty = true;
  #older: number | undefined;

  /** @param main what the page shows */
  constructor(main: HTMLElement) {
    this.#main = main;
    const top = document.querySelector<HTMLElement>(".top")!;
    // What stays in view while the page is scrolled stays below the controls, however many rows they take.
    new ResizeObserver(() => {
      document.body.style.setProperty("--sticky-top", `${top.offsetHeight}px`);
    }).observe(top);
  }

  /** Does what is the same on all pages. */
  hear(message: MessageToAnyView): void {
    switch (message.kind) {
      case "busy":
        document.body.classList.toggle("busy", message.isBusy);
        if (message.isBusy) at("problem").hidden = true;
        this.#main.setAttribute("aria-busy", String(message.isBusy));
        break;
      case "outdated":
        this.#main.classList.add("outdated");
        this.#older ??= window.setTimeout(() => this.#sayOlder(), patience);
        break;
      case "problem":
        at("problem").hidden = false;
        setText(at("problem"), message.message);
        this.#main.classList.add("outdated");
        break;
    }
  }

  /** What is shown now is about the text as it is. @param said read aloud where it is different */
  settle(said: string): void {
    this.#isEmpty = false;
    window.clearTimeout(this.#older);
    this.#older = undefined;
    for (const id of ["problem", "outdated"]) at(id).hidden = true;
    this.#main.classList.remove("outdated");
    setText(at("announcement"), said);
  }

  #sayOlder(): void {
    at("outdated").hidden = this.#isEmpty;
  }
}
