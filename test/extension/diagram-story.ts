import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator } from "playwright-core";
import { notification, openFile, pickRow, reloadWindow, runCommand } from "../editor/workbench.ts";
import { caretIn, untilCaretIsIn } from "./caret.ts";
import { chooseTheme } from "./dry-run-story.ts";
import { closeNotifications, inputEndsWith, line, type Steps } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** What an author sees of the tables of a package, in this order; each step stands on those before. */
export const diagramStory: Steps = [
  [
    "the diagram of a package opens beside its spec",
    async ({ page, shoot }) => {
      await openFile(page, "AcmeAssets.sopm");
      await page.locator(".codelens-decoration a").filter({ hasText: "Dry run" }).first().waitFor();
      await runCommand(page, "SOPM: Show Database Diagram");
      const diagram = webviewIn(page);
      await table(diagram, "acme_asset_booking").waitFor();
      await diagram
        .locator("#notes")
        .filter({ hasText: "New is what version 1.0.0 does not have." })
        .waitFor();
      const notes = await diagram.locator("#notes").textContent();
      assert.doesNotMatch(notes!, /in the order of the spec/);
      await shoot("diagram");
      for (const [owner, name] of [
        ["own", "acme_asset"],
        ["framework", "users"],
        ["package", "acme_contract"],
        ["unknown", "acme_device"],
      ] as const)
        await diagram.locator(`.table.${owner}`).filter({ hasText: name }).first().waitFor();
    },
  ],
  [
    "it can be read alone, in light, dark and high contrast",
    async ({ page, shoot }) => {
      await runCommand(page, "View: Toggle Maximize Editor Group");
      await webviewIn(page).locator("#zoom-fit").click();
      for (const [theme, name] of [
        ["Light Modern", "diagram-light"],
        ["Dark Modern", "diagram-dark"],
        ["Dark High Contrast", "diagram-contrast"],
        ["Light High Contrast", "diagram-light-contrast"],
        ["Light Modern", "diagram-again"],
      ] as const) {
        await chooseTheme(page, theme);
        await shoot(name);
      }
    },
  ],
  [
    "keys zoom, go from table to table, and to the element in the spec",
    async ({ page, folder, shoot }) => {
      await runCommand(page, "View: Toggle Maximize Editor Group");
      const diagram = webviewIn(page);
      await diagram.locator("#zoom-reset").click();
      await diagram.locator("#zoom-reset").filter({ hasText: "100 %" }).waitFor();
      await table(diagram, "acme_asset_site").focus();
      await page.keyboard.press("+");
      await diagram.locator("#zoom-reset").filter({ hasText: "125 %" }).waitFor();
      await page.keyboard.press("ArrowDown");
      await table(diagram, "acme_asset_vendor").and(diagram.locator(":focus")).waitFor();
      await shoot("diagram-focus");
      await page.keyboard.press("Enter");
      await line(page, 'TableCreate Name="acme_asset_vendor"').waitFor();
      const lines = readFileSync(join(folder, "AcmeAssets.sopm"), "utf8").split("\n");
      const place = lines.findIndex((each) => each.includes('<TableCreate Name="acme_asset_vendor"'));
      await untilCaretIsIn(page, place + 1);
    },
  ],
  [
    "the list says the same, and leads to columns",
    async ({ page, shoot }) => {
      const diagram = webviewIn(page);
      await diagram.locator("#as-list").click();
      const booking = diagram.locator("#list .tables > li").filter({ hasText: "acme_asset_booking" });
      await booking.filter({ hasText: "own table, new" }).waitFor();
      await shoot("diagram-list");
      await booking.getByRole("button", { name: "customer_id" }).click();
      await line(page, 'Name="customer_id"').waitFor();
      // What is hidden is not made to fit into nothing.
      await diagram.locator("#as-list").focus();
      await page.keyboard.press("f");
      await diagram.locator("#zoom-fit:disabled").waitFor();
      await diagram.locator("#as-list").click();
      await diagram.locator("#zoom-reset").filter({ hasText: "125 %" }).waitFor();
    },
  ],
  [
    "the slider shows the version before",
    async ({ page, shoot }) => {
      const diagram = webviewIn(page);
      await diagram.locator("#version").focus();
      await page.keyboard.press("ArrowLeft");
      await table(diagram, "acme_asset_booking").waitFor({ state: "detached" });
      await diagram.locator("#version-name").filter({ hasText: "1.0.0" }).waitFor();
      await shoot("diagram-older");
    },
  ],
  [
    "after a reload of the window the same version is shown again",
    async ({ page }) => {
      await reloadWindow(page);
      const diagram = webviewIn(page);
      await table(diagram, "acme_asset").waitFor({ timeout: 60_000 });
      await diagram.locator("#version-name").filter({ hasText: "1.0.0" }).waitFor();
      await diagram.locator("#version").focus();
      await page.keyboard.press("ArrowRight");
      await table(diagram, "acme_asset_booking").waitFor();
    },
  ],
  [
    "it follows the spec",
    async ({ page }) => {
      await caretIn(page, 'Name="customer_id"', 0);
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.insertText('<Column Name="remark" Type="VARCHAR" Size="250"/>');
      await webviewIn(page).locator(".row").filter({ hasText: "remark" }).first().waitFor();
    },
  ],
  [
    "edits that are thrown away count no longer",
    async ({ page }) => {
      await runCommand(page, "View: Close Editor");
      await page.getByRole("button", { name: "Don't Save" }).click();
      await webviewIn(page)
        .locator(".row")
        .filter({ hasText: "remark" })
        .first()
        .waitFor({ state: "detached" });
    },
  ],
  [
    "it is exported as SVG, as PNG and for Mermaid",
    async ({ page, folder }) => {
      for (const [form, ending, start] of [
        ["SVG, dark", "svg", "<?xml"],
        ["PNG", "png", "\x89PNG"],
        ["Mermaid", "mmd", "%% Database tables"],
      ] as const) {
        await webviewIn(page).locator("#export").click();
        await pickRow(page, form).click();
        const input = page.locator(".quick-input-widget:visible input").first();
        await inputEndsWith(page, `AcmeAssets-tables.${ending}`);
        await input.press("Enter");
        await notification(page, /The diagram was written to/).waitFor();
        await closeNotifications(page);
        const file = join(folder, `AcmeAssets-tables.${ending}`);
        assert.ok(existsSync(file), file);
        assert.ok(readFileSync(file, "latin1").startsWith(start), file);
      }
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await openFile(page, "AcmeAssets.sopm");
      await page.locator(".codelens-decoration a").first().waitFor();
      await runCommand(page, "SOPM: Datenbankdiagramm zeigen");
      await webviewIn(page).locator(".table .label").filter({ hasText: "eigene Tabelle" }).first().waitFor();
      await shoot("diagram-german");
    },
  ],
];

function table(diagram: FrameLocator, name: string) {
  return diagram.locator(`.table[aria-label^="table ${name},"]`);
}
