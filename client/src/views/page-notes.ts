import type { MessageToAnyView } from "./view-messages.ts";

/**
 * What is said of a page as a whole, beside what it shows. A page that is hidden is thrown away, and loaded anew when somebody
 * looks; what was said to it meanwhile is lost, so that what still holds is kept for it.
 */
export class PageNotes {
  readonly #post: (message: MessageToAnyView) => void;
  #isBusy = false;
  #isOutdated = false;
  #problem: string | undefined;

  /** @param post says something to the page, if it is there */
  constructor(post: (message: MessageToAnyView) => void) {
    this.#post = post;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Who begins again forgets what was in the way. */
  setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    if (isBusy) this.#problem = undefined;
    this.#post({ kind: "busy", isBusy });
  }

  /** What is shown is about a text before, or about one that cannot be read just now. */
  outdate(): void {
    this.#isOutdated = true;
    this.#post({ kind: "outdated" });
  }

  /** Why nothing newer can be shown. */
  object(problem: string): void {
    this.#problem = problem;
    this.#post({ kind: "problem", message: problem });
  }

  /** What is shown from now on is about the text as it is. The page knows that by itself when it is told what to show. */
  settle(): void {
    this.#isOutdated = false;
    this.#problem = undefined;
  }

  /** For a page that was loaded anew, once it was told what to show. */
  repeat(): void {
    if (this.#isOutdated) this.#post({ kind: "outdated" });
    if (this.#problem !== undefined) this.#post({ kind: "problem", message: this.#problem });
    this.#post({ kind: "busy", isBusy: this.#isBusy });
  }
}
