import type { Locator, Page } from "playwright-core";

/** Puts the caret this many characters before the end of a text that the active editor holds once. */
export async function caretIn(page: Page, text: string, back: number): Promise<void> {
  const collapsed = page.locator(caretPlace).filter({ hasNotText: "(" });
  // What is told of a selection says that the key reached the text, and not a panel that came late.
  for (let isThere = false, turn = 0; !isThere && turn < 5; turn++) {
    await findAndLeave(page, text);
    isThere = await collapsed.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  }
  await collapsed.waitFor();
  for (let step = 0; step < back; step++) await page.keyboard.press("ArrowLeft");
}

/** Selects a text by the editor's find box, closes that, and puts the caret behind the text. */
async function findAndLeave(page: Page, text: string): Promise<void> {
  const widget = page.locator(".find-widget.visible");
  const editor = page.locator(".editor-instance .monaco-editor.focused");
  // A panel that was opened takes the focus when it is there. Who asks twice too soon is answered twice, the second time late.
  const ask = async () => {
    await page.keyboard.press("Control+1");
    await editor.waitFor();
    await page.keyboard.press("Control+F");
  };
  await untilVisible(widget, ask, 10_000);
  // A box that holds the text already looks for nothing.
  for (const typed of ["", text]) await widget.locator(".find-part textarea").fill(typed);
  await widget.locator(".matchesCount").filter({ hasText: "1 of 1" }).waitFor();
  await page.locator(caretPlace).filter({ hasText: "(" }).waitFor();
  await page.keyboard.press("Escape");
  await widget.waitFor({ state: "hidden" });
  await editor.waitFor();
  await page.keyboard.press("ArrowRight");
}

/**
 * Asks for something again until it is there, ten times at most.
 *
 * @param patience milliseconds before it is asked again
 */
export async function untilVisible(
  wanted: Locator,
  ask: () => Promise<void>,
  patience = 3000,
): Promise<void> {
  for (let turn = 0; turn < 10 && !(await wanted.isVisible()); turn++) {
    await ask();
    await wanted.waitFor({ timeout: patience }).catch(() => undefined);
  }
  await wanted.waitFor();
}

const caretPlace = "[id='status.editor.selection']";

/** The line of the caret, counted from 1. */
export async function caretLine(page: Page): Promise<number> {
  const place = await page.locator(caretPlace).textContent();
  return Number(/Ln (\d+)/.exec(place ?? "")?.[1]);
}

export async function untilCaretIsIn(page: Page, number: number): Promise<void> {
  await page
    .locator(caretPlace)
    .filter({ hasText: new RegExp(`Ln ${number},`) })
    .waitFor();
}
