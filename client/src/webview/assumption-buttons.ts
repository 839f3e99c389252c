import type { AssumableStep } from "../../../server/src/protocol/dry-run.ts";
import type { ViewTexts } from "../views/report/view-messages.ts";

/** Puts beside each step whose outcome can be assumed what the reader can assume, or take back. */
export function addAssumptionButtons(
  page: Element,
  assumable: readonly AssumableStep[],
  texts: ViewTexts,
): void {
  const lines = new Map<string, HTMLElement>();
  for (const line of page.querySelectorAll<HTMLElement>("li.step[data-key]")) {
    lines.set(line.dataset.key!, line);
  }
  for (const { key, assumed } of assumable) {
    const line = lines.get(key);
    const place = line?.querySelector(".body > p");
    if (!line || !place) continue;
    const fails = line.classList.contains("fails");
    const text = assumed ? texts.takeBack : fails ? texts.whatIfSucceeds : texts.whatIfFails;
    const outcome = assumed ? "" : fails ? "succeeds" : "fails";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "assume";
    button.textContent = text;
    button.dataset.key = key;
    button.dataset.outcome = outcome;
    const title = place.querySelector(".title")?.textContent ?? key;
    button.setAttribute("aria-label", `${text} ${title}`);
    place.append(" ", button);
  }
}
