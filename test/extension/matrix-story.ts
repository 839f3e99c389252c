import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator } from "playwright-core";
import { notification, openFile, pickRow, reloadWindow, runCommand } from "../editor/workbench.ts";
import { chooseTheme } from "./dry-run-story.ts";
import { closeNotifications, inputEndsWith, line, type Steps } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** What an author sees of the upgrades of a package, in this order; each step stands on those before. */
export const matrixStory: Steps = [
  [
    "the matrix of a package opens beside its spec, and a lens tells how many paths differ",
    async ({ page, shoot }) => {
      await openFile(page, "AcmeOrders.sopm");
      await page.locator(".codelens-decoration a").filter({ hasText: "Upgrade matrix" }).first().click();
      await cells(webviewIn(page), "differs").nth(8).waitFor();
      await page
        .locator(".codelens-decoration a")
        .filter({ hasText: "Upgrade matrix: 3 paths differ or fail" })
        .first()
        .waitFor();
      await shoot("matrix-drift");
      for (const [theme, name] of [
        ["Dark High Contrast", "matrix-contrast"],
        ["Light Modern", "matrix-light"],
      ] as const) {
        await chooseTheme(page, theme);
        await shoot(name);
      }
    },
  ],
  [
    "it is there again after the window was reloaded",
    async ({ page }) => {
      await reloadWindow(page);
      await cells(webviewIn(page), "differs").nth(8).waitFor({ timeout: 60_000 });
    },
  ],
  [
    "keys go from cell to cell, and Enter opens the dry run of the path",
    async ({ page, shoot }) => {
      const matrix = webviewIn(page);
      await cell(matrix, 0, 0).focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      await cell(matrix, 1, 2).and(matrix.locator(":focus")).waitFor();
      await shoot("matrix-focus");
      await page.keyboard.press("Enter");
      const report = webviewIn(page);
      await report.locator("#report h1").filter({ hasText: "Oracle" }).waitFor();
      await shoot("matrix-dry-run");
      await runCommand(page, "View: Close Editor");
      await cell(webviewIn(page), 1, 2).waitFor();
    },
  ],
  [
    "a difference leads to its element, and its button mends it",
    async ({ page, shoot }) => {
      const matrix = webviewIn(page);
      await matrix.locator("button.place").first().click();
      await line(page, 'Name="note"').waitFor();
      await matrix.locator("button.fix").first().click();
      await line(page, '<ColumnAdd Name="note"').waitFor();
      await cells(matrix, "same").nth(11).waitFor();
      await cells(matrix, "differs").first().waitFor({ state: "detached" });
      await shoot("matrix-mended");
    },
  ],
  [
    "earlier versions are listed with what they changed, and two of them are compared",
    async ({ page, shoot }) => {
      await runCommand(page, "View: Focus First Editor Group");
      const versions = page
        .locator(".sidebar .pane")
        .filter({ has: page.locator('.pane-header[aria-label^="Versions"]') });
      const header = versions.locator(".pane-header");
      if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
      const older = versions.locator(".monaco-list-row").filter({ hasText: "1.1.0" }).first();
      await older.locator(".monaco-tl-twistie.collapsible").click();
      await versions.locator(".monaco-list-row[aria-level='2']").first().waitFor();
      await shoot("versions");
      await runCommand(page, "SOPM: Compare Two Versions…");
      await pickRow(page, "1.0.0").click();
      await page.getByPlaceholder("What is 1.0.0 compared with?").waitFor();
      await pickRow(page, "1.1.0").click();
      await page.locator(".tab").filter({ hasText: "1.0.0 ↔ 1.1.0" }).first().waitFor();
      await page.locator(".monaco-diff-editor .line-insert").first().waitFor();
      await shoot("versions-compared");
      await runCommand(page, "View: Close Editor");
    },
  ],
  [
    "it is exported as HTML and as Markdown",
    async ({ page, folder }) => {
      for (const [form, ending, start] of [
        ["HTML", "html", "<!DOCTYPE html>"],
        ["Markdown", "md", "# Upgrade matrix"],
      ] as const) {
        await webviewIn(page).locator("#export").click();
        await pickRow(page, form).click();
        const input = page.locator(".quick-input-widget:visible input").first();
        await inputEndsWith(page, `AcmeOrders-matrix.${ending}`);
        await input.press("Enter");
        await notification(page, /The report was written to/).waitFor();
        await closeNotifications(page);
        const file = join(folder, `AcmeOrders-matrix.${ending}`);
        assert.ok(existsSync(file), file);
        assert.ok(readFileSync(file, "utf8").startsWith(start), file);
      }
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await openFile(page, "AcmeOrders.sopm");
      await page.locator(".codelens-decoration a").first().waitFor();
      await runCommand(page, "SOPM: Aktualisierungsmatrix zeigen");
      await webviewIn(page)
        .locator("h1")
        .filter({ hasText: "Aktualisierungsmatrix von AcmeOrders" })
        .waitFor();
      await shoot("matrix-german");
    },
  ],
];

function cells(matrix: FrameLocator, verdict: string) {
  return matrix.locator(`td.${verdict}`);
}

function cell(matrix: FrameLocator, row: number, column: number) {
  return matrix.locator(`button.cell[data-row="${row}"][data-column="${column}"]`);
}
