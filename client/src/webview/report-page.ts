import { type KeptView, keepView, restoreView } from "./kept-view.ts";
import { at, type PageFrame, setText } from "./page-frame.ts";

/** What outlives that the page is thrown away, as one that is hidden is, and a reload of the window. */
export interface ReportMemory extends KeptView {
  /** Whether what goes as planned is hidden. */
  readonly onlyAttention: boolean;
}

interface Report {
  readonly html: string;
  readonly style: string;
  /** Read aloud when it has changed. */
  readonly verdict: string;
}

/** A report in a page: folds, the place that was scrolled to and the filter stay as they were when it is shown anew. */
export class ReportPage {
  readonly #page = at("report");
  readonly #onlyAttention = at("only-attention") as HTMLInputElement;
  readonly #frame: PageFrame;
  readonly #keep: (memory: ReportMemory) => void;
  #memory: KeptView;
  /** What is on the page, to leave it alone where nothing is different; undefined for nothing. */
  #shown: string | undefined;

  /** @param before what was kept of the page, by `keep`; absent for a new one */
  constructor(frame: PageFrame, before: Partial<ReportMemory>, keep: (memory: ReportMemory) => void) {
    this.#frame = frame;
    this.#keep = keep;
    this.#memory = { folds: before.folds ?? {}, scroll: before.scroll ?? 0 };
    this.#onlyAttention.checked = before.onlyAttention ?? false;
    const remember = () => this.#remember();
    document.addEventListener("toggle", remember, true);
    window.addEventListener("scrollend", remember);
    this.#onlyAttention.addEventListener("change", remember);
  }

  /**
   * @param controls puts into the report what its HTML does not have
   * @param about what they depend on, as a text
   */
  show({ html, style, verdict }: Report, controls = (_page: Element) => {}, about = ""): void {
    // The first one takes the folds and the place that the page had before it was thrown away.
    const kept = this.#shown === undefined ? this.#memory : keepView(this.#page);
    setText(at("style"), style);
    const contents = html + about;
    if (contents !== this.#shown) {
      this.#page.innerHTML = html;
      controls(this.#page);
      restoreView(this.#page, kept);
    }
    this.#shown = contents;
    this.#frame.settle(verdict);
    this.#remember();
  }

  #remember(): void {
    if (this.#shown !== undefined) this.#memory = { ...keepView(this.#page), focus: undefined };
    this.#keep({ ...this.#memory, onlyAttention: this.#onlyAttention.checked });
  }
}
