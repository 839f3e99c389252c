import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { notification, pickRow } from "../editor/workbench.ts";
import type { Steps } from "./browser-pass.ts";
import { closeNotifications } from "./browser-pass.ts";
import { webviewIn } from "./webview.ts";

/** What an author does in the views of the package manager, in this order; each step stands on those before. */
export const viewsStory: Steps = [
  [
    "the packages of the workspace are listed in order of what they require, with what is wrong",
    async ({ page, shoot }) => {
      await openViews(page);
      await row(page, "AcmeShop").filter({ hasText: "1 error" }).waitFor();
      // What would become of it is found out while nobody types.
      await row(page, "AcmeBase").filter({ hasText: "Install: Znuny" }).waitFor();
      const names = await view(page, "Packages").locator(".monaco-list-row .label-name").allTextContents();
      assert.deepEqual(names, ["AcmeBase", "AcmeShop"]);
      await expand(row(page, "AcmeBase"));
      await expand(row(page, "Database"));
      await row(page, "DatabaseInstall").click();
      await page.locator(".tab.active[data-resource-name='AcmeBase.sopm']").waitFor();
      await shoot("views-packages");
      await view(page, "Packages").getByRole("button", { name: "Collapse All" }).click({ force: true });
    },
  ],
  [
    "the first sandbox is made from the view",
    async ({ page, folder, shoot }) => {
      await view(page, "Sandboxes").getByText("New Sandbox").click();
      const input = page.locator(".quick-input-widget:visible input").first();
      await input.fill("Views");
      await input.press("Enter");
      await pickRow(page, "Znuny 7.1.x").click();
      await pickRow(page, "In the folder").click();
      await notification(page, /The sandbox “Views” is made/).waitFor();
      await row(page, "Views").filter({ hasText: "dry runs are tried on it" }).waitFor();
      assert.ok(existsSync(join(folder, ".sopm", "Views", "sandbox.data")));
      await closeNotifications(page);
      await shoot("views-sandbox");
    },
  ],
  [
    "a package that is dropped on it is not installed when its introduction is cancelled",
    async ({ page, folder, shoot }) => {
      await row(page, "AcmeBase").dragTo(row(page, "Views"));
      const intro = webviewIn(page);
      await intro.getByText("Make a backup first.").waitFor();
      await shoot("views-intro");
      await intro.getByRole("button", { name: "Cancel" }).click();
      await page.locator("iframe.webview.ready:visible").waitFor({ state: "detached" });
      assert.ok(!existsSync(deployed(folder)));
    },
  ],
  [
    "it is installed with the introductions before and after",
    async ({ page, folder, shoot }) => {
      await row(page, "AcmeBase").dragTo(row(page, "Views"));
      await webviewIn(page).getByRole("button", { name: "Continue" }).click();
      await page.locator(".monaco-dialog-box").getByText("Apply", { exact: true }).click();
      await webviewIn(page).getByText("AcmeBase is ready.").waitFor();
      await shoot("views-intro-after");
      await webviewIn(page).getByRole("button", { name: "Close" }).click();
      await notification(page, /Done in the sandbox “Views”/).waitFor();
      assert.ok(existsSync(deployed(folder)));
      await closeNotifications(page);
      await expand(row(page, "Views"));
      await installed(page).waitFor();
    },
  ],
  [
    "a file that is changed is seen, and the row says what a reinstall would do",
    async ({ page, folder, shoot }) => {
      writeFileSync(deployed(folder), "changed by hand\n");
      // The editor does not hear of files in folders that were renamed since it looks at them.
      await row(page, "Views").hover();
      await page.getByRole("button", { name: "Refresh Sandboxes" }).click();
      await installed(page).filter({ hasText: "broken" }).waitFor();
      await expand(installed(page));
      await row(page, "Kernel/System/AcmeBase.pm").filter({ hasText: "different" }).waitFor();
      await row(page, "Reinstall")
        .filter({ hasText: "repairs 1 file" })
        .filter({ hasText: "would do this" })
        .waitFor();
      await shoot("views-broken");
    },
  ],
  [
    "a click on it repairs the package",
    async ({ page, folder, shoot }) => {
      await row(page, "Reinstall").click();
      await page.locator(".monaco-dialog-box").getByText("Apply", { exact: true }).click();
      await notification(page, /Done in the sandbox “Views”/).waitFor();
      await closeNotifications(page);
      await row(page, "Reinstall").waitFor({ state: "detached" });
      assert.match(readFileSync(deployed(folder), "utf8"), /package Kernel::System::AcmeBase/);
      await shoot("views-repaired");
    },
  ],
  [
    "the history leads back",
    async ({ page, folder, shoot }) => {
      await expand(row(page, "History"));
      const made = row(page, "The sandbox was made");
      await made.hover();
      await shoot("views-history");
      await made.getByRole("button", { name: "Undo in Sandbox" }).click();
      await notification(page, /The sandbox is as it was then/).waitFor();
      await closeNotifications(page);
      assert.ok(!existsSync(deployed(folder)));
      await installed(page).waitFor({ state: "detached" });
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await openViews(page);
      await row(page, "AcmeShop").filter({ hasText: "1 Fehler" }).waitFor();
      await expand(row(page, "AcmeBase"));
      await row(page, "Dateien").waitFor();
      await expand(row(page, "Views"));
      await expand(row(page, "Verlauf"));
      await row(page, "Die Sandbox wurde angelegt").waitFor();
      await shoot("views-german");
    },
  ],
];

async function openViews(page: Page): Promise<void> {
  await page.locator(".activitybar .action-item .action-label[aria-label^='SOPM']").click();
  await view(page, "AcmeBase").or(row(page, "AcmeBase")).first().waitFor();
}

/** One of the views in the side bar, by its title. */
function view(page: Page, title: string): Locator {
  return page.locator(".sidebar .pane").filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) });
}

/** A row of any view in the side bar. */
function row(page: Page, name: string): Locator {
  return page
    .locator(".sidebar .monaco-list-row")
    .filter({ has: page.locator(".label-name").getByText(name, { exact: true }) })
    .first();
}

/** The row of the package in the sandbox. */
function installed(page: Page): Locator {
  return view(page, "Sandboxes")
    .locator(".monaco-list-row")
    .filter({ has: page.locator(".label-name").getByText("AcmeBase", { exact: true }) })
    .first();
}

/** Shows what is below a row. */
async function expand(of: Locator): Promise<void> {
  await of.waitFor();
  if ((await of.getAttribute("aria-expanded")) !== "true") await of.locator(".monaco-tl-twistie").click();
}

function deployed(folder: string): string {
  return join(folder, ".sopm/Views/home/Kernel/System/AcmeBase.pm");
}
