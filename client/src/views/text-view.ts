import * as vscode from "vscode";
import type { Answer, RequestCancelled, RequestFailed } from "../../../server/src/protocol/request.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { inBackground } from "../in-background.ts";
import { PageNotes } from "./page-notes.ts";
import { openPlace } from "./report/open-place.ts";
import type { MessageFromAnyView, MessageToAnyView } from "./view-messages.ts";

/** What is particular to one kind of view that follows a text. */
export interface ViewParts<Result, FromView> {
  /** Asks for what is to be shown. */
  readonly ask: (cancellation: vscode.CancellationToken) => Promise<Answer<Result | null>>;
  /** Has the page show it; once more where a page that was hidden has been loaded anew. */
  readonly show: (result: Result) => void;
  /** Does what the reader wants in this kind of view alone. */
  readonly hear?: (message: FromView) => void;
}

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 150;

/** What is told of a package, in a view that follows its text. What was asked before the last change is given up. */
export class TextView<
  Result extends { readonly kind: string; readonly isReadable: boolean },
  ToView,
  FromView extends { readonly kind: string } = never,
> {
  readonly panel: vscode.WebviewPanel;
  readonly uri: vscode.Uri;
  readonly #parts: ViewParts<Result, FromView>;
  readonly #notes = new PageNotes((message) => this.post(message));
  #result: Result | undefined;
  #asked: vscode.CancellationTokenSource | undefined;
  #pause: NodeJS.Timeout | undefined;
  #isOutdated = false;
  #isClosed = false;

  constructor(panel: vscode.WebviewPanel, uri: vscode.Uri, parts: ViewParts<Result, FromView>) {
    this.panel = panel;
    this.uri = uri;
    this.#parts = parts;
    panel.webview.onDidReceiveMessage((message: FromView) => this.#hear(message));
    panel.onDidChangeViewState(() => {
      if (panel.visible && this.#isOutdated) inBackground(this.refresh());
    });
    panel.onDidDispose(() => {
      this.#isClosed = true;
      clearTimeout(this.#pause);
      this.#asked?.cancel();
    });
  }

  /** What the server last answered of a text that could be read; undefined before it did. */
  get result(): Result | undefined {
    return this.#result;
  }

  /** Whether the text, or something else, has changed since the result was asked for. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** Something that is shown has changed: asks anew once it stays so, and when somebody looks. */
  outdate(): void {
    if (this.#isClosed) return;
    this.#isOutdated = true;
    this.#notes.outdate();
    clearTimeout(this.#pause);
    // Nobody wants an answer about the text before.
    this.#asked?.cancel();
    if (this.panel.visible) this.#pause = setTimeout(() => inBackground(this.refresh()), typingPause);
  }

  /** Asks anew. */
  async refresh(): Promise<void> {
    clearTimeout(this.#pause);
    this.#asked?.cancel();
    const asked = new vscode.CancellationTokenSource();
    this.#asked = asked;
    this.#isOutdated = false;
    this.#notes.setBusy(true);
    const answer = await this.#answer(asked.token);
    if (asked.token.isCancellationRequested) return;
    this.#notes.setBusy(false);
    if (answer === null || isCancelled(answer)) return;
    if (!isFailed(answer)) return this.#take(answer);
    this.#notes.object([answer.message, answer.hint].join(" ").trim());
  }

  post(message: ToView | MessageToAnyView): void {
    if (!this.#isClosed) inBackground(this.panel.webview.postMessage(message));
  }

  /** Fails where the text cannot be opened, as when its file is gone. */
  async #answer(cancellation: vscode.CancellationToken): Promise<Answer<Result | null>> {
    try {
      // The server answers for what is open in the editor.
      await vscode.workspace.openTextDocument(this.uri);
    } catch {
      const path = oneLine(vscode.workspace.asRelativePath(this.uri));
      return {
        kind: "failed",
        message: vscode.l10n.t("“{0}” cannot be opened.", path),
        hint: vscode.l10n.t("See whether the file is still there and may be read, or close this view."),
      };
    }
    return this.#parts.ask(cancellation);
  }

  #take(answer: Result): void {
    // What was shown before is worth more than a text that cannot be read just now.
    if (!answer.isReadable && this.#result) {
      this.#notes.outdate();
    } else {
      this.#result = answer;
      this.#notes.settle();
      this.#parts.show(answer);
    }
  }

  #hear(message: FromView | MessageFromAnyView): void {
    if (!isFromAny(message)) {
      this.#parts.hear?.(message);
    } else if (message.kind === "open") {
      inBackground(openPlace(this.uri, message, this.panel.viewColumn));
    } else {
      // A page that was hidden is loaded anew.
      if (this.#result) this.#parts.show(this.#result);
      this.#notes.repeat();
    }
  }
}

function isFromAny(message: { readonly kind: string }): message is MessageFromAnyView {
  return message.kind === "ready" || message.kind === "open";
}

function isCancelled(answer: { readonly kind: string }): answer is RequestCancelled {
  return answer.kind === "cancelled";
}

function isFailed(answer: { readonly kind: string }): answer is RequestFailed {
  return answer.kind === "failed";
}
