import {
  openFile,
  openProblems,
  pickRow,
  problemRows,
  reloadWindow,
  runCommand,
} from "../editor/workbench.ts";
import { caretIn, untilCaretIsIn } from "./caret.ts";
import { line, type Steps } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** What the settings call the server. */
export const serverName = "stock";

/** What an author sees of statements that are executed, in this order; each step stands on those before. */
export const verifyStory: Steps = [
  [
    "statements are executed on a server of the settings, and the one that fails says why",
    async ({ page, shoot }) => {
      await openFile(page, "AcmeStock.sopm");
      await page.locator(".codelens-decoration a").first().waitFor();
      await runCommand(page, "SOPM: Verify on Database…");
      await pickRow(page, serverName).click();
      await pickRow(page, "Install and uninstall").click();
      const failing = webviewIn(page).locator("li.step.fails").filter({ hasText: "duplicate key" });
      await failing.first().waitFor();
      await webviewIn(page).locator("li.step.runs").nth(1).waitFor();
      await shoot("verify");
      await webviewIn(page).locator("#only-attention").check();
      await webviewIn(page).locator("li.step.runs").first().waitFor({ state: "hidden" });
      await shoot("verify-attention");
      await webviewIn(page).locator("#only-attention").uncheck();
      await failing.locator("button.place").first().click();
      await untilCaretIsIn(page, 23);
    },
  ],
  [
    "it is a finding until its element changes, wherever that moves",
    async ({ page, shoot }) => {
      await openProblems(page);
      const problem = page.locator(problemRows).filter({ hasText: "duplicate key" });
      await problem.first().waitFor();
      await shoot("verify-problem");
      // An open panel may take the focus to itself after its rows are there.
      await runCommand(page, "View: Toggle Panel Visibility");
      await caretIn(page, "What is in stock.", 0);
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await webviewIn(page).locator("#outdated").waitFor();
      await openProblems(page);
      await problem.filter({ hasText: "Ln 24" }).waitFor();
      await shoot("verify-outdated");
      await runCommand(page, "View: Toggle Panel Visibility");
      await caretIn(page, 'Key="name">Screws', 1);
      await page.keyboard.type("Long ");
      await openProblems(page);
      await problem.waitFor({ state: "detached" });
      await runCommand(page, "View: Toggle Panel Visibility");
    },
  ],
  [
    "the same is executed again, and every statement is done",
    async ({ page, shoot }) => {
      await webviewIn(page).locator("#again").click();
      await webviewIn(page).locator(".verdict.good").waitFor();
      await shoot("verify-good");
    },
  ],
  [
    "after a reload of the window nothing is executed before somebody wants it",
    async ({ page, shoot }) => {
      await webviewIn(page).locator("#only-attention").check();
      await reloadWindow(page);
      await webviewIn(page).locator("#nothing").waitFor({ timeout: 60_000 });
      // What the reader has chosen of the page is there again.
      await webviewIn(page).locator("#only-attention:checked").uncheck();
      await shoot("verify-reloaded");
      await webviewIn(page).locator("#again").click();
      await webviewIn(page).locator(".verdict").waitFor();
    },
  ],
  [
    "paths of the upgrade matrix are executed on the server as well",
    async ({ page, shoot }) => {
      await runCommand(page, "View: Focus First Editor Group");
      await runCommand(page, "File: Revert File");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      await runCommand(page, "View: Close All Editors");
      await openFile(page, "AcmeOrders.sopm");
      await runCommand(page, "SOPM: Show Upgrade Matrix");
      const matrix = webviewIn(page);
      await matrix.locator("td.differs").nth(8).waitFor();
      await matrix.locator("#verify-all").click();
      await pickRow(page, serverName).click();
      await matrix.locator("#measured li").nth(3).waitFor();
      await shoot("verify-matrix");
      await matrix.locator("#measured button.report").nth(1).click();
      await webviewIn(page).locator("h1").filter({ hasText: "executed on PostgreSQL" }).waitFor();
      await shoot("verify-path");
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await openFile(page, "AcmeStock.sopm");
      await page.locator(".codelens-decoration a").first().waitFor();
      await runCommand(page, "SOPM: Auf Datenbank prüfen …");
      await pickRow(page, serverName).click();
      await pickRow(page, "Installieren").click();
      await webviewIn(page).locator("li.step.fails").first().waitFor();
      await line(page, "acme_stock").waitFor();
      await shoot("verify-german");
    },
  ],
];
