import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { notification, pickRow, runCommand } from "../editor/workbench.ts";
import { untilVisible } from "./caret.ts";
import { chooseTheme } from "./dry-run-story.ts";
import { closeNotifications, type Steps } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** What an author does in the views of the package manager, in this order; each step stands on those before. */
export const viewsStory: Steps = [
  [
    "the packages of the workspace are listed in order of what they require, with what is wrong",
    async ({ page, shoot }) => {
      await openViews(page);
      await row(page, "AcmeShop").filter({ hasText: "1 error" }).waitFor();
      // What would become of it is found out while nobody types.
      await row(page, "AcmeBase").filter({ hasText: "Install: all well" }).waitFor();
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
      await row(page, "Views").filter({ hasText: "for dry runs" }).waitFor();
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
      await dialog(page).getByText("Apply", { exact: true }).click();
      await webviewIn(page).getByText("AcmeBase is ready.").waitFor();
      await shoot("views-intro-after");
      await webviewIn(page).getByRole("button", { name: "Close" }).click();
      await notification(page, /AcmeBase 1\.0\.0 in the sandbox “Views”\. Done/).waitFor();
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
        .filter({ hasText: "all well" })
        .waitFor();
      await shoot("views-broken");
    },
  ],
  [
    "a click on it repairs the package",
    async ({ page, folder, shoot }) => {
      await row(page, "Reinstall").click();
      await dialog(page).getByText("Apply", { exact: true }).click();
      await notification(page, /AcmeBase 1\.0\.0 in the sandbox “Views”\. Done/).waitFor();
      await closeNotifications(page);
      await row(page, "Reinstall").waitFor({ state: "detached" });
      assert.match(readFileSync(deployed(folder), "utf8"), /package Kernel::System::AcmeBase/);
      await shoot("views-repaired");
    },
  ],
  [
    "in high contrast it is broken and repaired again, by keyboard alone",
    async ({ page, folder, shoot }) => {
      await chooseTheme(page, "Dark High Contrast");
      writeFileSync(deployed(folder), "changed by hand once more\n");
      await typeCommand(page, "SOPM: Refresh Sandboxes");
      await installed(page).filter({ hasText: "broken" }).waitFor();
      await typeCommand(page, "SOPM: Focus on Sandboxes View");
      await page.keyboard.press("Home");
      await walkTo(page, "AcmeBase");
      await page.keyboard.press("ArrowRight");
      await row(page, "Reinstall").filter({ hasText: "all well" }).waitFor();
      await walkTo(page, "Reinstall");
      await shoot("views-broken-contrast");
      await page.keyboard.press("Enter");
      const apply = dialog(page).getByRole("button", { name: "Apply", exact: true });
      await dialog(page).getByText("Reinstall: AcmeBase 1.0.0 in").waitFor();
      // The answer that is proposed has the keys.
      await apply.and(page.locator(":focus")).waitFor();
      await shoot("views-repair-contrast");
      await page.keyboard.press("Enter");
      await notification(page, /AcmeBase 1\.0\.0 in the sandbox “Views”\. Done/).waitFor();
      await row(page, "Reinstall").waitFor({ state: "detached" });
      assert.match(readFileSync(deployed(folder), "utf8"), /package Kernel::System::AcmeBase/);
      await shoot("views-repaired-contrast");
      await closeNotifications(page);
      await chooseTheme(page, "Light Modern");
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
    "an archive is dragged out of the Explorer onto a sandbox, which installs it",
    async ({ page, folder, shoot }) => {
      await row(page, "AcmeBase").hover();
      await row(page, "AcmeBase").getByRole("button", { name: "Build Package", exact: true }).click();
      await notification(page, /Built .*AcmeBase-1\.0\.0\.opm/).waitFor();
      await closeNotifications(page);
      await runCommand(page, "File: Focus on Files Explorer");
      const files = page.locator(".explorer-folders-view .monaco-list-row");
      await dragTo(page, files.filter({ hasText: "AcmeBase-1.0.0.opm" }), [
        viewsIcon(page),
        row(page, "Views"),
      ]);
      await webviewIn(page).getByText("Make a backup first.").waitFor();
      await shoot("views-dragged");
      await webviewIn(page).getByRole("button", { name: "Continue" }).click();
      await dialog(page).getByText("Install: AcmeBase 1.0.0 in the sandbox “Views”?").waitFor();
      await shoot("views-dragged-question");
      await dialog(page).getByRole("button", { name: "Apply", exact: true }).click();
      await webviewIn(page).getByText("AcmeBase is ready.").waitFor();
      // Too late to cancel: it is installed, and Escape closes the text.
      await page.keyboard.press("Escape");
      await page.locator("iframe.webview.ready:visible").waitFor({ state: "detached" });
      await installed(page).filter({ hasText: "1.0.0" }).waitFor();
      assert.ok(existsSync(deployed(folder)));
      await closeNotifications(page);
    },
  ],
  [
    "a file that is no package is not taken, and that is said",
    async ({ page, shoot }) => {
      await runCommand(page, "File: Focus on Files Explorer");
      const files = page.locator(".explorer-folders-view .monaco-list-row");
      await expand(files.filter({ hasText: "Kernel" }));
      await dragTo(page, files.filter({ hasText: "AcmeBase.pm" }), [viewsIcon(page), row(page, "Views")]);
      await notification(page, /Only \.sopm and \.opm files can be installed/).waitFor();
      await shoot("views-dragged-other");
      await closeNotifications(page);
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
  [
    "a sandbox that is damaged on disk is seen with the reason, and a click repairs it",
    async ({ page, folder, shoot }) => {
      truncateSync(join(folder, ".sopm/Views/sandbox.data"), 90);
      await row(page, "Views").hover();
      await page.getByRole("button", { name: "Refresh Sandboxes" }).click();
      await row(page, "Views").filter({ hasText: "damaged" }).waitFor();
      await expand(row(page, "Views"));
      await problem(page).filter({ hasText: "“sandbox.data” in the sandbox" }).waitFor();
      await row(page, "Views").hover();
      await shoot("views-damaged");
      // A row that is drawn anew under the pointer takes the click with it.
      const repair = row(page, "Views").getByRole("button", { name: "Repair Sandbox", exact: true });
      await untilVisible(dialog(page), () => repair.click(), 10_000);
      await dialog(page).getByText("sandbox.data is made again from the copy of it").waitFor();
      await shoot("views-damage-repaired");
      await dialog(page).getByRole("button", { name: "OK", exact: true }).click();
      await row(page, "Views").filter({ hasText: "damaged" }).waitFor({ state: "detached" });
      await installed(page).waitFor();
    },
  ],
  [
    "in high contrast one without its files is repaired by keyboard alone",
    async ({ page, folder, shoot }) => {
      await chooseTheme(page, "Dark High Contrast");
      rmSync(join(folder, ".sopm/Views/home"), { recursive: true });
      await typeCommand(page, "SOPM: Refresh Sandboxes");
      await row(page, "Views").filter({ hasText: "damaged" }).waitFor();
      await problem(page).filter({ hasText: "“home” in the sandbox" }).waitFor();
      await typeCommand(page, "SOPM: Focus on Sandboxes View");
      await page.keyboard.press("Home");
      await walkTo(page, "Views");
      await page.keyboard.press("Shift+F10");
      await walkMenuTo(page, "Repair Sandbox");
      await shoot("views-damaged-contrast");
      await page.keyboard.press("Enter");
      await dialog(page).getByText("There was no folder home. It is empty now.").waitFor();
      await shoot("views-damage-repaired-contrast");
      await page.keyboard.press("Enter");
      await dialog(page).waitFor({ state: "hidden" });
      await installed(page).filter({ hasText: "not deployed" }).waitFor();
      await row(page, "Views").filter({ hasText: "damaged" }).waitFor({ state: "detached" });
      assert.ok(existsSync(join(folder, ".sopm/Views/home")));
      await chooseTheme(page, "Light Modern");
    },
  ],
  [
    "a sandbox that nobody knows any more is dropped when its question is answered, and nothing of it is left",
    async ({ page, folder, shoot }) => {
      for (const file of ["sandbox.data", "states/description.data"]) {
        truncateSync(join(folder, ".sopm/Views", file), 90);
      }
      const drop = async () => {
        await row(page, "Views").click({ button: "right" });
        await chooseInMenu(page, "Drop Sandbox…");
        await dialog(page).getByText("Drop the sandbox “Views”?").waitFor();
      };
      await drop();
      await shoot("views-drop");
      await dialog(page).getByRole("button", { name: "Cancel" }).click();
      await dialog(page).waitFor({ state: "hidden" });
      assert.ok(existsSync(join(folder, ".sopm/Views/sandbox.data")));
      await drop();
      await dialog(page).getByRole("button", { name: "Drop", exact: true }).click();
      await notification(page, /Whether the sandbox had databases on a server was not known/).waitFor();
      await view(page, "Sandboxes").getByText("New Sandbox").waitFor();
      await row(page, "Views").waitFor({ state: "detached" });
      // What keeps sandboxes out of Git waits for the next one.
      assert.deepEqual(readdirSync(join(folder, ".sopm")), [".gitignore"]);
      await shoot("views-dropped");
      await closeNotifications(page);
    },
  ],
];

/** Runs a command of the palette without the mouse. */
async function typeCommand(page: Page, label: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget:visible input").first().fill(`>${label}`);
  const offered = page.locator(".quick-input-list .monaco-list-row.focused");
  await offered.filter({ has: page.locator(".label-name").getByText(label, { exact: true }) }).waitFor();
  await page.keyboard.press("Enter");
}

/** Goes down in the view that has the keys, until the row of this name has them. */
async function walkTo(page: Page, name: string): Promise<void> {
  const focused = page.locator(".sidebar .monaco-list:focus-within .monaco-list-row.focused");
  const isThere = () => focused.locator(".label-name").getByText(name, { exact: true }).isVisible();
  for (let rows = 0; rows < 20 && !(await isThere()); rows++) await page.keyboard.press("ArrowDown");
  assert.ok(await isThere(), `no row “${name}” is found by going down`);
}

/**
 * Drags something with the mouse, and lets it go at the last place.
 *
 * @param way the places that the mouse rests at until the next one is there
 */
async function dragTo(page: Page, from: Locator, way: readonly Locator[]): Promise<void> {
  await from.hover();
  await page.mouse.down();
  for (const place of way) {
    await place.hover();
    // The editor takes it for a drag once the mouse has moved over the place.
    await place.hover({ position: { x: 12, y: 8 } });
  }
  await page.mouse.up();
}

/** What opens the views, in the bar at the side. */
function viewsIcon(page: Page): Locator {
  return page.locator(".activitybar").getByRole("tab", { name: "SOPM" });
}

/** Chooses in the menu that is open. One that has just opened takes no click, so that it does not close by the one that opened it. */
async function chooseInMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("menuitem", { name, exact: true }).hover();
  await page.locator(".monaco-menu .action-item.focused").filter({ hasText: name }).waitFor();
  await page.keyboard.press("Enter");
}

/** Goes down in the menu that is open, until the entry of this name has the keys. */
async function walkMenuTo(page: Page, name: string): Promise<void> {
  await page.getByRole("menuitem", { name, exact: true }).waitFor();
  const focused = page.locator(".monaco-menu .action-item.focused");
  for (let entries = 0; entries < 20; entries++) {
    if (await focused.getByText(name, { exact: true }).isVisible()) return;
    await page.keyboard.press("ArrowDown");
  }
  assert.fail(`no entry “${name}” is found by going down`);
}

function dialog(page: Page): Locator {
  return page.locator(".monaco-dialog-box");
}

async function openViews(page: Page): Promise<void> {
  await viewsIcon(page).click();
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

/** The row that says why a sandbox cannot be used. */
function problem(page: Page): Locator {
  return view(page, "Sandboxes").locator(".monaco-list-row").filter({ hasText: "is damaged:" }).first();
}

/** Shows what is below a row. */
async function expand(of: Locator): Promise<void> {
  await of.waitFor();
  if ((await of.getAttribute("aria-expanded")) !== "true") await of.locator(".monaco-tl-twistie").click();
}

function deployed(folder: string): string {
  return join(folder, ".sopm/Views/home/Kernel/System/AcmeBase.pm");
}
