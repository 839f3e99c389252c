import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  notification,
  openFile,
  openProblems,
  pickRow,
  problemRows,
  reloadWindow,
  runCommand,
} from "../editor/workbench.ts";
import { closeNotifications, inputEndsWith, line, type Scene, type Steps, save } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** What a developer does with the example package and a sandbox, in this order; each step stands on those before. */
export const dryRunStory: Steps = [
  [
    "a sandbox is made for a product version",
    async ({ page, folder, shoot }) => {
      await runCommand(page, "SOPM: New Sandbox…");
      await fillInput(page, "Story");
      await pickRow(page, "Znuny 7.1.x").click();
      await pickRow(page, "In the folder").click();
      await notification(page, /The sandbox “Story” is made/).waitFor();
      await shoot("sandbox-made");
      assert.ok(existsSync(join(folder, ".sopm", "Story", "sandbox.data")));
      await closeNotifications(page);
    },
  ],
  [
    "the lens above the root element opens the report of an install",
    async ({ page, shoot }) => {
      await openSpec(page);
      await page.locator("[id='status.languageStatus']").hover();
      await page.locator(".hover-language-status").filter({ hasText: "Story" }).waitFor();
      await shoot("product-status");
      await page.mouse.move(5, 5);
      await page.locator(".codelens-decoration a").filter({ hasText: "Dry run: install" }).first().click();
      const report = webviewIn(page);
      await report.locator(".verdict").filter({ hasText: "Znuny 7.1.x would do this" }).waitFor();
      await shoot("report");
      assert.equal(await report.locator("li.step.fails").count(), 0);
    },
  ],
  [
    "the report can be read in dark and in high contrast",
    async ({ page, shoot }) => {
      for (const [theme, name] of [
        ["Dark Modern", "report-dark"],
        ["Dark High Contrast", "report-contrast"],
        ["Light High Contrast", "report-light-contrast"],
        ["Light Modern", "report-light"],
      ] as const) {
        await chooseTheme(page, theme);
        await shoot(name);
      }
    },
  ],
  [
    "a step opens its place in the spec",
    async ({ page, shoot }) => {
      const step = webviewIn(page).locator("li.step").filter({ hasText: "CodeInstall" }).first();
      await step.locator("button.place").first().click();
      await line(page, "<CodeInstall").waitFor();
      await shoot("place");
    },
  ],
  [
    "code can be assumed to die, and the assumption be taken back, by keyboard",
    async ({ page, shoot }) => {
      const report = webviewIn(page);
      const step = report.locator("li.step").filter({ hasText: "CodeInstall" }).first();
      await step.getByRole("button", { name: "What if it fails?" }).focus();
      await page.keyboard.press("Enter");
      await report.locator("li.step.fails").first().waitFor();
      await report.locator(".verdict.look").waitFor();
      await shoot("what-if");
      // The focus is on what has taken the button's place, so that the next key takes the assumption back.
      const takeBack = report.getByRole("button", { name: "Take back" });
      await takeBack.and(report.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      await report.locator(".verdict.good").waitFor();
    },
  ],
  [
    "the report follows the spec, and folds stay as they were",
    async ({ page }) => {
      const report = webviewIn(page);
      const fold = report.locator("details[data-fold^='after']").first();
      await fold.locator("summary").click();
      await replaceInEditor(page, "<Vendor>Acme Inc.</Vendor>", "<Vendor>Acme Ltd.</Vendor>");
      await replaceInEditor(page, "<Version>1.2.0</Version>", "<Version>1.2.1</Version>");
      await report.locator("h1").filter({ hasText: "1.2.1" }).waitFor();
      assert.ok(await fold.evaluate((element) => element.hasAttribute("open")), "the fold is open still");
      await replaceInEditor(page, "<Version>1.2.1</Version>", "<Version>1.2.0</Version>");
      await report.locator("h1").filter({ hasText: "1.2.0" }).waitFor();
    },
  ],
  [
    "the report is exported",
    async ({ page, folder }) => {
      await webviewIn(page).getByRole("button", { name: "Export…" }).click();
      await pickRow(page, "Markdown").click();
      const input = page.locator(".quick-input-widget:visible input").first();
      await inputEndsWith(page, "AcmeContracts-install.md");
      await input.press("Enter");
      await notification(page, /The report was written to/).waitFor();
      assert.match(
        readFileSync(join(folder, "AcmeContracts-install.md"), "utf8"),
        /^# Dry run: install AcmeContracts 1\.2\.0/,
      );
      await closeNotifications(page);
    },
  ],
  [
    "the package is applied to the sandbox",
    async ({ page, folder, shoot }) => {
      await webviewIn(page).getByRole("button", { name: "Apply to Sandbox…" }).click();
      await confirm(page, "Apply", shoot);
      await notification(page, /in the sandbox “Story”\. Done/).waitFor();
      await passIntro(page, "Acme Contracts is installed", "Close");
      await shoot("applied");
      assert.ok(existsSync(deployed(folder)));
      await closeNotifications(page);
    },
  ],
  [
    "a deployed file is changed, and the deployment check says so",
    async ({ page, folder, shoot }) => {
      writeFileSync(deployed(folder), "changed by hand\n");
      await runCommand(page, "SOPM: Check Deployment in Sandbox");
      const message = notification(page, /Files are missing or different: AcmeContracts 1\.2\.0/);
      await message.getByText("Show Files").click();
      await pickRow(page, "Kernel/System/AcmeContracts.pm").waitFor();
      await shoot("broken");
      await pickRow(page, "Kernel/System/AcmeContracts.pm").click();
      await line(page, "changed by hand").waitFor();
      await runCommand(page, "View: Close Editor");
      await closeNotifications(page);
    },
  ],
  [
    "a reinstall repairs it",
    async ({ page, folder, shoot }) => {
      await openSpec(page);
      await runCommand(page, "SOPM: Apply to Sandbox…");
      await pickRow(page, "Reinstall").click();
      await confirm(page, "Apply", shoot);
      await notification(page, /in the sandbox “Story”\. Done/).waitFor();
      await closeNotifications(page);
      assert.match(readFileSync(deployed(folder), "utf8"), /package Kernel::System::AcmeContracts/);
      await runCommand(page, "SOPM: Check Deployment in Sandbox");
      await notification(page, /All files are as the packages brought them/).waitFor();
      await closeNotifications(page);
    },
  ],
  [
    "an upgrade shows the one block that never runs",
    async ({ page, folder, shoot }) => {
      await openSpec(page);
      await replaceInEditor(page, "<Version>1.2.0</Version>", "<Version>1.3.0</Version>");
      await replaceInEditor(
        page,
        '<CodeUpgrade Type="post" Version="1.2.0">',
        '<CodeUpgrade Type="later" Version="1.3.0">',
      );
      await save(page);
      await runCommand(page, "SOPM: Dry Run Upgrade From…");
      await pickRow(page, "What the sandbox has installed").click();
      const report = webviewIn(page);
      await report.locator("h1").filter({ hasText: "upgrade AcmeContracts from 1.2.0 to 1.3.0" }).waitFor();
      const never = report.locator("li.step.never");
      await never.filter({ hasText: "CodeUpgrade" }).waitFor();
      assert.equal(await never.count(), 1);
      await shoot("never-runs");
      await openProblems(page);
      // Lint says it at the same place, so that the dry run does not say it again.
      await page.locator(problemRows).filter({ hasText: "there is no phase" }).first().waitFor();
      await shoot("dry-run-problems");
      await webviewIn(page).getByRole("button", { name: "Apply to Sandbox…" }).click();
      await confirm(page, "Apply", shoot);
      await notification(page, /in the sandbox “Story”\. Done/).waitFor();
      await passIntro(page, "New in this version", "Close");
      await closeNotifications(page);
      assert.ok(existsSync(deployed(folder)));
    },
  ],
  [
    "an uninstall that leaves a table says so",
    async ({ page, folder, shoot }) => {
      await openSpec(page);
      await replaceInEditor(page, '<TableDrop Name="acme_contract_kind"/>', "");
      await runCommand(page, "SOPM: Dry Run Uninstall");
      const report = webviewIn(page);
      await report.locator("h1").filter({ hasText: "uninstall AcmeContracts" }).waitFor();
      await report.locator("main").filter({ hasText: "acme_contract_kind" }).waitFor();
      await report.locator("h2").filter({ hasText: "What an uninstall leaves behind" }).waitFor();
      // Lint says it where the table is made, so that the dry run does not say it again.
      await page
        .locator(problemRows)
        .filter({ hasText: "“acme_contract_kind” remains after uninstallation" })
        .waitFor();
      await shoot("uninstall");
      await webviewIn(page).getByRole("button", { name: "Apply to Sandbox…" }).click();
      await passIntro(page, "All contracts will be lost", "Continue");
      await confirm(page, "Apply", shoot);
      await notification(page, /in the sandbox “Story”\. Done.*acme_contract_kind/).waitFor();
      await shoot("uninstalled");
      await closeNotifications(page);
      assert.ok(!existsSync(deployed(folder)));
    },
  ],
  [
    "everything is undone",
    async ({ page, folder, shoot }) => {
      await runCommand(page, "SOPM: Undo in Sandbox…");
      const installed = page.locator(
        ".quick-input-list .monaco-list-row[aria-label^='Install AcmeContracts 1.2.0']",
      );
      await installed.waitFor();
      await shoot("undo");
      await installed.click();
      await notification(page, /The sandbox is as it was then/).waitFor();
      // The reinstall is undone too, and with it goes the repair of what was changed by hand.
      assert.equal(readFileSync(deployed(folder), "utf8"), "changed by hand\n");
      await closeNotifications(page);
    },
  ],
  [
    "reports are there again after the window was reloaded",
    async ({ page, shoot }) => {
      await reloadWindow(page);
      await webviewIn(page).locator(".verdict").waitFor({ timeout: 60_000 });
      await shoot("reloaded");
    },
  ],
  [
    "so is the introduction of a package",
    async ({ page }) => {
      await openSpec(page);
      await runCommand(page, "SOPM: Preview Introduction");
      await webviewIn(page).locator("#intros .intro").first().waitFor();
      await reloadWindow(page);
      await webviewIn(page).locator("#intros .intro").first().waitFor({ timeout: 60_000 });
      await runCommand(page, "View: Close Editor");
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await openSpec(page);
      await runCommand(page, "SOPM: Probelauf: Deinstallieren");
      await webviewIn(page).locator("h1").filter({ hasText: "Probelauf" }).waitFor();
      await shoot("report-german");
      await page.close();
    },
  ],
  [
    "the SQL is shown beside the spec, for each database",
    async ({ page, shoot }) => {
      await runCommand(page, "View: Close All Editors");
      await openSpec(page);
      await runCommand(page, "SOPM: Preview SQL");
      await line(page, "CREATE TABLE acme_contract_kind").waitFor();
      await shoot("sql");
      await runCommand(page, "SOPM: Choose Database…");
      await pickRow(page, "Oracle").click();
      await line(page, "VARCHAR2").waitFor();
      await shoot("sql-oracle");
    },
  ],
];

/** What the package manager's screen shows before or after an operation is shown here as well. */
async function passIntro(page: Page, title: string, button: "Continue" | "Close"): Promise<void> {
  const intro = webviewIn(page);
  await intro.getByRole("heading", { name: title }).waitFor();
  await intro.getByRole("button", { name: button }).click();
}

/** Shows the spec in the group that it is open in, whatever has the focus. */
async function openSpec(page: Page): Promise<void> {
  await runCommand(page, "View: Focus First Editor Group");
  await openFile(page, "AcmeContracts.sopm");
}

async function fillInput(page: Page, text: string): Promise<void> {
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.fill(text);
  await input.press("Enter");
}

async function confirm(page: Page, button: string, shoot: Scene["shoot"]): Promise<void> {
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.waitFor();
  await shoot("confirm");
  await dialog.getByText(button, { exact: true }).click();
}

export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await runCommand(page, "Preferences: Color Theme");
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.fill(theme);
  await pickRow(page, theme).click();
  await input.waitFor({ state: "hidden" });
}

/** Replaces one text of the active editor by way of its find widget. */
async function replaceInEditor(page: Page, text: string, replacement: string): Promise<void> {
  await page.locator(".editor-instance .monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+H");
  const widget = page.locator(".find-widget.visible");
  await widget.locator(".find-part textarea").fill(text);
  await widget.locator(".replace-part textarea").fill(replacement);
  await widget.locator(".replace-part textarea").press("Control+Alt+Enter");
  await page.keyboard.press("Escape");
  await widget.waitFor({ state: "hidden" });
}

function deployed(folder: string): string {
  return join(folder, ".sopm", "Story", "home", "Kernel", "System", "AcmeContracts.pm");
}
