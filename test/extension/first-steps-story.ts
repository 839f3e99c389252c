import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  goToLineEnd,
  hoverOver,
  notification,
  openFile,
  openProblems,
  pickRow,
  problemRows,
  runCommand,
} from "../editor/workbench.ts";
import { closeNotifications, inputEndsWith, line, revert, type Steps, save } from "./scene.ts";

/** What a reader does first with a spec, in this order; each step stands on those before. */
export const firstStepsStory: Steps = [
  [
    "a spec shows its dialect in the status bar",
    async ({ page, shoot }) => {
      await openFile(page, "Greeter.sopm");
      await page.locator("[id='status.languageStatus']").hover();
      await page.locator(".hover-language-status").filter({ hasText: "Znuny 7" }).waitFor();
      await shoot("status");
    },
  ],
  [
    "a mistake is typed, its end tag comes by itself, a squiggle appears",
    async ({ page }) => {
      await goToLineEnd(page, 8);
      await page.keyboard.press("Enter");
      await page.keyboard.type("<Vender>", { delay: 30 });
      await line(page, "<Vender></Vender>").waitFor();
      await page.locator(anySquiggle).first().waitFor();
    },
  ],
  [
    "the hover says what the framework makes of it",
    async ({ page, shoot }) => {
      const hover = await hoverOver(page, page.locator(anySquiggle).first());
      await hover.filter({ hasText: "Vendor" }).waitFor();
      await shoot("squiggle");
      await page.mouse.move(5, 5);
      await hover.waitFor({ state: "hidden" });
    },
  ],
  [
    "Problems lists it",
    async ({ page, shoot }) => {
      await openProblems(page);
      await page.locator(problemRows).filter({ hasText: "Vender" }).first().waitFor();
      await shoot("problems");
      await revert(page);
      await page.locator(problemRows).filter({ hasText: "Vender" }).first().waitFor({ state: "hidden" });
      // Of a spec that was never open.
      await page.locator(problemRows).filter({ hasText: "Broken.pm" }).first().waitFor();
    },
  ],
  [
    "a completion is accepted",
    async ({ page, shoot }) => {
      await goToLineEnd(page, 8);
      await page.keyboard.press("Enter");
      await page.keyboard.type("<Code", { delay: 60 });
      const row = page
        .locator(".suggest-widget.visible .monaco-list-row")
        .filter({ hasText: "CodeInstall" })
        .first();
      await row.waitFor();
      await shoot("completion");
      await row.click();
      await line(page, "<CodeInstall").waitFor();
      await shoot("completion-accepted");
      await revert(page);
    },
  ],
  [
    "a tag is explained on hover",
    async ({ page, shoot }) => {
      // The innermost span is the coloured "Framework".
      const tag = page
        .locator(".view-line span span")
        .filter({ hasText: /^<?Framework>?$/ })
        .first();
      const hover = await hoverOver(page, tag, { x: 30, y: 8 });
      await hover.filter({ hasText: "Framework" }).waitFor();
      await shoot("hover");
      await page.mouse.move(5, 5);
    },
  ],
  [
    "Bump Version raises the version, with an entry of several lines, unless it is closed",
    async ({ page, shoot }) => {
      const entry = page.locator(".tab.active").filter({ hasText: "ChangeLog of Greeter 1.0.2" });
      const ask = async () => {
        await runCommand(page, "SOPM: Bump Version…");
        await pickRow(page, "1.0.1 → 1.0.2").click();
        await entry.waitFor();
        await notification(page, "What is new in 1.0.2? Write it").waitFor();
      };
      await ask();
      await runCommand(page, "View: Close Editor");
      await entry.waitFor({ state: "detached" });
      await line(page, "<Version>1.0.1</Version>").waitFor();
      await closeNotifications(page);
      await ask();
      await page.locator(".editor-instance .view-lines").first().click();
      await page.keyboard.type("Greets by name.", { delay: 10 });
      await page.keyboard.press("Enter");
      await page.keyboard.type("Waves & smiles.", { delay: 10 });
      await shoot("bump-version-entry");
      await page.keyboard.press("Control+Enter");
      await line(page, "<Version>1.0.2</Version>").waitFor();
      await line(page, ">Greets by name.").waitFor();
      await line(page, "Waves &amp; smiles.</ChangeLog>").waitFor();
      await closeNotifications(page);
    },
  ],
  [
    "Build Package offers to save, and writes the archive",
    async ({ page, folder, shoot }) => {
      await runCommand(page, "SOPM: Build Package");
      await page.locator(".monaco-dialog-box").getByText("Save & Build").click();
      await notification(page, /Greeter-1\.0\.2\.opm/).waitFor();
      await shoot("built");
      const archive = join(folder, "Greeter", "Greeter-1.0.2.opm");
      assert.ok(existsSync(archive), `${archive} was not written`);
      assert.match(readFileSync(archive, "utf8"), /<Version>1\.0\.2<\/Version>/);
      await notification(page, /Greeter-1\.0\.2\.opm/)
        .getByText("Copy Path")
        .click();
      await page.waitForFunction(
        `navigator.clipboard.readText().then((text) => text === ${JSON.stringify(archive)})`,
      );
    },
  ],
  [
    "Build Package is in the editor title and the explorer's context menu",
    async ({ page, shoot }) => {
      await page.locator(".editor-actions .action-label[aria-label^='Build Package']").first().waitFor();
      await page
        .locator(".explorer-folders-view .monaco-list-row")
        .filter({ hasText: "Greeter.sopm" })
        .click({
          button: "right",
        });
      await page.locator(".monaco-menu .action-item").filter({ hasText: "Build Package" }).first().waitFor();
      await shoot("explorer");
      await page.keyboard.press("Escape");
    },
  ],
  [
    "a build that is blocked says why and leads to Problems",
    async ({ page, folder, shoot }) => {
      await openFile(page, "Broken.sopm");
      await runCommand(page, "SOPM: Build Package");
      const message = notification(page, /Broken\.sopm was not built/);
      await message.waitFor();
      await shoot("blocked");
      await message.getByText("Show Problems").click();
      await page.locator(problemRows).filter({ hasText: "Broken.pm" }).first().waitFor();
      assert.ok(!existsSync(join(folder, "Broken", "Broken-1.0.1.opm")));
    },
  ],
  [
    "Build Anyway builds what the framework would build",
    async ({ page, folder }) => {
      const archive = join(folder, "Greeter", "Greeter-1.0.2.opm");
      rmSync(archive);
      await openFile(page, "Greeter.sopm");
      await goToLineEnd(page, 8);
      await page.keyboard.press("Enter");
      await page.keyboard.type("<Vender>", { delay: 30 });
      await line(page, "<Vender></Vender>").waitFor();
      await save(page);
      await runCommand(page, "SOPM: Build Package");
      await notification(page, /Greeter\.sopm was not built/)
        .getByText("Build Anyway")
        .click();
      await notification(page, /Built .*Greeter-1\.0\.2\.opm/).waitFor();
      assert.ok(
        !readFileSync(archive, "utf8").includes("Vender"),
        "the framework leaves the unknown tag out",
      );
      await closeNotifications(page);
      await page.keyboard.press("Control+Z");
      await save(page);
    },
  ],
  [
    "Build Package To asks for a folder, which later builds remember",
    async ({ page, folder, shoot }) => {
      const output = join(folder, "out");
      mkdirSync(output);
      await runCommand(page, "SOPM: Build Package To…");
      await pickRow(page, "Choose Another Folder…").click();
      await inputEndsWith(page, "Greeter/");
      const input = page.locator(".quick-input-widget:visible input").first();
      await input.fill(`${output}/`);
      await shoot("folder");
      await page.locator(".quick-input-widget").getByText("Build Here").click();
      await notification(page, /Built .*out.Greeter-1\.0\.2\.opm/).waitFor();
      await closeNotifications(page);
      rmSync(join(output, "Greeter-1.0.2.opm"));
      await runCommand(page, "SOPM: Build Package");
      await notification(page, /Built .*out.Greeter-1\.0\.2\.opm/).waitFor();
      assert.ok(existsSync(join(output, "Greeter-1.0.2.opm")));
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await openFile(page, "Broken.sopm");
      await runCommand(page, "SOPM: Paket bauen");
      const message = notification(page, /Broken\.sopm wurde nicht gebaut/);
      await message.waitFor();
      await message.getByText("Probleme anzeigen").click();
      await page.locator(problemRows).filter({ hasText: "gibt es nicht" }).first().waitFor();
      await shoot("german");
    },
  ],
];

const anySquiggle = ".squiggly-error, .squiggly-warning";
