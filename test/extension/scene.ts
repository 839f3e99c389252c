import type { Page } from "playwright-core";
import { runCommand } from "../editor/workbench.ts";

/** A picture for the one who looks at it. */
export type Shoot = (name: string) => Promise<void>;

export interface Scene {
  readonly page: Page;
  /** The folder that is open in the workbench. */
  readonly folder: string;
  readonly shoot: Shoot;
  /** A second workbench on the same folder, for a reader of German. */
  openGerman(): Promise<{ readonly page: Page; readonly shoot: Shoot }>;
}

export type Steps = readonly (readonly [name: string, act: (scene: Scene) => Promise<void>])[];

/** A dialog for a path puts its own proposal in a moment after it has opened, whatever was typed before. */
export async function inputEndsWith(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    `document.querySelector(".quick-input-widget input")?.value.endsWith(${JSON.stringify(text)})`,
  );
}

/** A line of the editor that holds this text; blanks are no-break spaces there. */
export function line(page: Page, text: string) {
  return page.locator(".view-line").filter({ hasText: text }).first();
}

export async function revert(page: Page): Promise<void> {
  await runCommand(page, "File: Revert File");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}

/** Messages stay until they are closed; the next one shall not be mistaken for the last. */
export async function closeNotifications(page: Page): Promise<void> {
  await runCommand(page, "Notifications: Clear All Notifications");
  await page.locator(".notification-toast").first().waitFor({ state: "detached" });
}
