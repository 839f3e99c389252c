// The script of the page of introductions. It shows what the extension sends.
import type { IntroPreviewResult } from "../../../server/src/protocol/intro-preview.ts";
import type { MessageFromAnyView, MessageToAnyView, ViewMemory } from "../views/view-messages.ts";
import { at, type Editor, PageFrame, setText } from "./page-frame.ts";

declare function acquireVsCodeApi(): Editor<MessageFromAnyView, ViewMemory>;

const editor = acquireVsCodeApi();
const page = at("intros");
const frame = new PageFrame(page);

window.addEventListener("message", ({ data }: MessageEvent<IntroPreviewResult | MessageToAnyView>) => {
  if (data.kind !== "intros") {
    frame.hear(data);
    return;
  }
  setText(at("style"), data.style);
  page.innerHTML = data.html;
  frame.settle("");
});

editor.setState({ uri: document.documentElement.dataset.uri! });
editor.postMessage({ kind: "ready" });
