import { basename } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import type { Installation } from "./installation.ts";
import { type ServedEditor, workbenchUrl } from "./served-editor.ts";

/** A headless browser that reaches nothing but this machine, so that tests see the same with and without a network. */
export function launchBrowser(installation: Installation): Promise<Browser> {
  return chromium.launch({
    executablePath: installation.chromium,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  });
}

/** A tab of its own, as large as the screenshots shall be. */
export async function newPage(browser: Browser, locale = "en-US"): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  return context.newPage();
}

/** Opens a folder in the workbench and waits until one could work there. */
export async function openWorkbench(page: Page, editor: ServedEditor, folder: string): Promise<void> {
  const url = workbenchUrl(editor.host, folder, [["skipWelcome", "true"]]);
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
  // The explorer's rows come through the connection to the server.
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
}

/** As a reader does it: what the page of a view has said last is kept first. */
export async function reloadWindow(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent("domcontentloaded"), runCommand(page, "Developer: Reload Window")]);
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
}

/** Opens the command palette, types the label ("Category: Title") and clicks it. */
export function runCommand(page: Page, label: string): Promise<void> {
  return pick(page, "F1", `>${label}`, label);
}

/** Opens a file by its name and waits for its tab. */
export async function openFile(page: Page, name: string): Promise<void> {
  await pick(page, "Control+P", name, name);
  await page
    .locator(`.tab.active[data-resource-name="${basename(name)}"]`)
    .first()
    .waitFor();
  await page.locator(".editor-instance .monaco-editor .view-lines").first().waitFor();
}

/** Puts the caret at the end of a line, counted from 1. */
export async function goToLineEnd(page: Page, line: number): Promise<void> {
  await page.locator(".editor-instance .monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+G");
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.fill(`:${line}`);
  await input.press("Enter");
  await input.waitFor({ state: "hidden" });
  await page.keyboard.press("End");
}

/** The row of an open pick list; of several that hold the text, the first. */
export function pickRow(page: Page, text: string): Locator {
  return page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text }).first();
}

/** The rows of the Problems panel. */
export const problemRows = ".markers-panel .monaco-list-row";

export async function openProblems(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor();
}

/**
 * Holds the pointer over something until its hover comes. What the editor draws anew under the pointer takes the hover
 * back, so the pointer comes again. Squiggles lie under the text, hence the force.
 *
 * @param at where in the element, in pixels; its middle if absent
 */
export async function hoverOver(
  page: Page,
  target: Locator,
  at?: { x: number; y: number },
): Promise<Locator> {
  const hover = page.locator(".monaco-hover:visible").first();
  for (let attempt = 1; ; attempt++) {
    try {
      await target.hover({ force: true, timeout: 3_000, ...(at ? { position: at } : {}) });
      await hover.waitFor({ timeout: 3_000 });
      return hover;
    } catch (error) {
      if (attempt === 5) throw error;
      await page.mouse.move(5, 5);
    }
  }
}

/** The message in the corner that holds this text. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator(".notification-toast").filter({ hasText: text }).first();
}

/**
 * The list does not refresh when an extension registers late, and it closes when something else takes the focus: ask
 * again until the row is there.
 */
async function pick(page: Page, key: string, text: string, label: string): Promise<void> {
  const input = page.locator(".quick-input-widget:visible input").first();
  const exactly = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      await page.keyboard.press(key);
      await input.fill(text, { timeout: 3_000 });
      await page
        .locator(".quick-input-list .monaco-list-row")
        // Exactly, since the commands used last stand first, and one label may begin like another.
        .filter({ has: page.locator(".label-name").filter({ hasText: exactly }) })
        .first()
        .click({ timeout: 3_000 });
      // The list may come back with the command's own rows, and the hover of one below the pointer covers its neighbours.
      await page.mouse.move(5, 5);
      return;
    } catch (error) {
      if (Date.now() > end) throw new Error(`“${label}” is not offered for “${text}”`, { cause: error });
      await page.keyboard.press("Escape");
    }
  }
}
