import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  hoverOver,
  notification,
  openFile,
  openProblems,
  problemRows,
  runCommand,
} from "../editor/workbench.ts";
import { caretIn, caretLine, untilCaretIsIn, untilVisible } from "./caret.ts";
import { closeNotifications, line, type Steps, save } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** What an author does with two packages and an old spec. Each is a story of its own. */
export const editingStories: Steps = [
  [
    "F12 leads from the code to the setup module, and back again",
    async ({ page, folder, shoot }) => {
      await startWith(page, "AcmeContracts.sopm");
      // The server runs and has looked at it.
      await page.locator(".codelens-decoration a").filter({ hasText: "Dry run" }).first().waitFor();
      const sub = "CodeUpgradeFromLowerThan_1_2_0";
      await caretIn(page, `${sub}()`, 3);
      const home = await caretLine(page);
      await page.keyboard.press("F12");
      await activeTab(page, "AcmeContracts.pm").waitFor();
      await page.locator(".breadcrumbs-control").filter({ hasText: "packagesetup" }).waitFor();
      await line(page, `sub ${sub} {`).waitFor();
      const setup = join(folder, "AcmeContracts", "var", "packagesetup", "AcmeContracts.pm");
      await untilCaretIsIn(page, lineOf(setup, `sub ${sub} `));
      await shoot("definition");
      await runCommand(page, "Go Back");
      await activeTab(page, "AcmeContracts.sopm").waitFor();
      await untilCaretIsIn(page, home);
      await page.keyboard.press("F12");
      await activeTab(page, "AcmeContracts.pm").waitFor();
      // From the sub to those who call it. There is one, so that the editor goes there.
      await page.keyboard.press("Shift+F12");
      await activeTab(page, "AcmeContracts.sopm").waitFor();
      await untilCaretIsIn(page, home);
      await shoot("caller");
    },
  ],
  [
    "the references of a table are found in the packages that use it",
    async ({ page, shoot }) => {
      await startWith(page, "AcmeContracts.sopm");
      await caretIn(page, 'TableDrop Name="acme_contract"', 2);
      await page.keyboard.press("Shift+F12");
      const rows = page.locator(referenceRows);
      await rows.filter({ hasText: "AcmeContracts.sopm" }).first().waitFor();
      const other = rows.filter({ hasText: "AcmeInvoices.sopm" }).first();
      await other.waitFor();
      await shoot("references");
      await other.click();
      await page.keyboard.press("ArrowRight");
      await rows.filter({ hasText: "ForeignTable" }).first().waitFor();
      await shoot("references-beside");
      await page.keyboard.press("Escape");
      await page.locator(".reference-zone-widget").waitFor({ state: "detached" });
    },
  ],
  [
    "a column is renamed everywhere, after a look at all places and a warning that systems have it",
    async ({ page, folder, shoot }) => {
      const spec = join(folder, "AcmeContracts", "AcmeContracts.sopm");
      const before = readFileSync(spec, "utf8");
      await startWith(page, "AcmeContracts.sopm");
      await caretIn(page, 'ColumnAdd Name="owner_id"', 2);
      await page.keyboard.press("F2");
      const input = page.locator(".rename-box input");
      await input.waitFor();
      await input.fill("keeper_id");
      await shoot("rename");
      await input.press("Enter");
      const preview = page.locator(".bulk-edit-panel");
      await preview.locator(".monaco-list-row").filter({ hasText: "keeper_id" }).first().waitFor();
      await notification(page, "“owner_id” was released").waitFor();
      await shoot("rename-preview");
      await preview.locator(".monaco-list-row .monaco-checkbox").first().click();
      await closeNotifications(page);
      await preview.getByText("Apply", { exact: true }).click();
      await line(page, 'ColumnAdd Name="keeper_id"').waitFor();
      await shoot("renamed");
      await page.keyboard.press("Control+1");
      await save(page);
      assert.equal(readFileSync(spec, "utf8"), before.replaceAll("owner_id", "keeper_id"));
      await page.keyboard.press("Control+Z");
      await line(page, 'ColumnAdd Name="owner_id"').waitFor();
      await save(page);
      assert.equal(readFileSync(spec, "utf8"), before);
    },
  ],
  [
    "a column added to the installation is added to upgrades by the light bulb",
    async ({ page, shoot }) => {
      await startWith(page, "AcmeContracts.sopm");
      await caretIn(page, '<Column Name="notice_days"', 0);
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.insertText('<Column Name="reminder" Required="false" Size="200" Type="VARCHAR"/>');
      await caretIn(page, '<Column Name="reminder"', 2);
      const action = page.locator(".action-widget .monaco-list-row").filter({ hasText: "reminder" }).first();
      await untilVisible(action, async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+.");
      });
      await shoot("light-bulb");
      await action.click();
      await caretIn(page, '<ColumnAdd Name="reminder"', 0);
      await shoot("both-ends");
      await page.keyboard.press("Control+Z");
      await line(page, '<ColumnAdd Name="reminder"').waitFor({ state: "detached" });
      await runCommand(page, "File: Revert File");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
    },
  ],
  [
    "a file renamed in the Explorer takes its Location along, and one undo takes both back",
    async ({ page, folder, shoot }) => {
      const spec = join(folder, "AcmeContracts", "AcmeContracts.sopm");
      const templates = join(folder, "AcmeContracts/Kernel/Output/HTML/Templates/Standard");
      const before = readFileSync(spec, "utf8");
      await startWith(page, "AgentAcmeContracts.tt");
      await runCommand(page, "File: Focus on Files Explorer");
      const row = page
        .locator(".explorer-folders-view .monaco-list-row")
        .filter({ hasText: "AgentAcmeContracts.tt" });
      await row.click();
      await page.keyboard.press("F2");
      const input = page.locator(".explorer-folders-view .monaco-inputbox input");
      await input.fill("AgentContracts.tt");
      await input.press("Enter");
      const question = page
        .locator(".monaco-dialog-box")
        .filter({ hasText: "wants to make refactoring changes" });
      await question.getByText("OK", { exact: true }).click();
      await page
        .locator(".explorer-folders-view .monaco-list-row")
        .filter({ hasText: "AgentContracts.tt" })
        .waitFor();
      await openFile(page, "AcmeContracts.sopm");
      await caretIn(page, "Templates/Standard/AgentContracts.tt", 0);
      await shoot("renamed-file");
      assert.ok(existsSync(join(templates, "AgentContracts.tt")));
      await page.keyboard.press("Control+Z");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      await shoot("renamed-file-undo");
      await dialog.getByText("Yes", { exact: true }).click();
      await line(page, "Templates/Standard/AgentAcmeContracts.tt").waitFor();
      await page
        .locator(".explorer-folders-view .monaco-list-row")
        .filter({ hasText: "AgentAcmeContracts.tt" })
        .waitFor();
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      assert.ok(existsSync(join(templates, "AgentAcmeContracts.tt")));
      assert.equal(readFileSync(spec, "utf8"), before);
    },
  ],
  [
    "saving makes all fixes that need no decision",
    async ({ page, folder, shoot }) => {
      await startWith(page, "AcmeOld.sopm");
      await openProblems(page);
      await page.locator(problemRows).filter({ hasText: "Changelog" }).first().waitFor();
      await shoot("before-fixes");
      await caretIn(page, "Was written by many hands", 0);
      await page.keyboard.type(" over the years");
      await save(page);
      await line(page, "<Framework>7.1.x</Framework>").waitFor();
      await page.locator(problemRows).filter({ hasText: "Changelog" }).first().waitFor({ state: "hidden" });
      await shoot("fixed");
      const text = readFileSync(join(folder, "AcmeOld", "AcmeOld.sopm"), "utf8");
      assert.match(text, /many hands over the years/);
      assert.match(text, /<ChangeLog Version="1\.4\.0"[^>]*>Runs on Znuny 7\.1\.<\/ChangeLog>/);
      assert.match(text, /<Description Lang="de">/);
    },
  ],
  [
    "a crooked old spec is formatted, its code is left as it was, and one undo takes it back",
    async ({ page, folder, shoot }) => {
      const file = join(folder, "AcmeOld", "AcmeOld.sopm");
      const before = readFileSync(file, "utf8");
      await startWith(page, "AcmeOld.sopm");
      await shoot("crooked");
      await runCommand(page, "Format Document");
      await page.locator(".tab.active.dirty").waitFor();
      await shoot("formatted");
      await save(page);
      const formatted = readFileSync(file, "utf8");
      assert.match(formatted, /^ {4}<Vendor>Acme Inc\.<\/Vendor>\n {4}<URL>/m);
      assert.match(formatted, /^ {12}<Column Name="title".*\n {8}<\/TableCreate>$/m);
      assert.match(formatted, /^ {3}my \$Greeting {2}= {2}'as it was';$/m);
      await page.keyboard.press("Control+Z");
      await save(page);
      assert.equal(readFileSync(file, "utf8"), before);
      await page.keyboard.press("Control+Shift+Z");
      await save(page);
      assert.equal(readFileSync(file, "utf8"), formatted);
    },
  ],
  [
    "the Explorer marks what is not listed and what is missing, and lists a file",
    async ({ page, folder, shoot }) => {
      const contracts = join(folder, "AcmeContracts");
      writeFileSync(
        join(contracts, "Kernel", "System", "AcmeReminder.pm"),
        "package Kernel::System::AcmeReminder;\n1;\n",
      );
      await startWith(page, "AcmeReminder.pm");
      await openFile(page, "AcmeContracts.sopm");
      await untilMarked(page, "AcmeReminder.pm", "∉");
      await shoot("badge-unlisted");
      const row = page
        .locator(".explorer-folders-view .monaco-list-row")
        .filter({ hasText: "AcmeReminder.pm" });
      await row.click({ button: "right" });
      const add = page.locator(".monaco-menu .action-item").filter({ hasText: "Add to Package" }).first();
      await add.waitFor();
      await shoot("add-to-package");
      await add.click();
      await activeTab(page, "AcmeContracts.sopm").waitFor();
      await untilMarked(page, "AcmeReminder.pm", "");
      await caretIn(page, 'Location="Kernel/System/AcmeReminder.pm"', 0);
      await shoot("listed");
      await page.keyboard.press("Control+Z");
      await untilMarked(page, "AcmeReminder.pm", "∉");
      const manual = join(contracts, "doc", "en", "AcmeContracts.md");
      renameSync(manual, join(folder, "AcmeContracts.md"));
      await untilMarked(page, "AcmeContracts.sopm", "!");
      await shoot("badge-missing");
      renameSync(join(folder, "AcmeContracts.md"), manual);
      await untilMarked(page, "AcmeContracts.sopm", "");
    },
  ],
  [
    "a settings file of a package is completed and explained",
    async ({ page, shoot }) => {
      await startWith(page, "AcmeContracts.xml");
      await caretIn(page, 'ValueType="String" ValueRegex', 'String" ValueRegex'.length);
      await page.keyboard.press("Control+Space");
      const rows = page.locator(".suggest-widget.visible .monaco-list-row");
      await rows.filter({ hasText: "PerlModule" }).first().waitFor();
      await shoot("settings-values");
      await page.keyboard.press("Escape");
      const type = page
        .locator(".view-line span span")
        .filter({ hasText: /^"?String"?$/ })
        .first();
      const hover = await hoverOver(page, type);
      await hover.filter({ hasText: "String" }).waitFor();
      await shoot("settings-hover");
      await page.mouse.move(5, 5);
      await caretIn(page, 'ValueType="String" ValueRegex', ' ValueType="String" ValueRegex'.length - 1);
      await page.keyboard.type(" Val", { delay: 60 });
      await rows.filter({ hasText: "ValueFilter" }).first().waitFor();
      await shoot("settings-attributes");
      await page.keyboard.press("Escape");
      await runCommand(page, "File: Revert File");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
    },
  ],
  [
    "the texts for administrators are shown beside the spec, in German, and follow it",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await startWith(page, "AcmeContracts.sopm");
      await runCommand(page, "SOPM: Einleitung ansehen");
      const preview = webviewIn(page);
      const section = preview
        .locator("section")
        .filter({ hasText: "Acme Contracts ist installiert" })
        .first();
      await section.locator("h2").filter({ hasText: "nachher" }).waitFor();
      await section.locator("p").filter({ hasText: "Für Leser mit der Sprache de" }).first().waitFor();
      await section.locator("b").filter({ hasText: "Verträge" }).first().waitFor();
      await shoot("intro-german");
      await caretIn(page, "Acme Contracts ist installiert", 0);
      await page.keyboard.type(", endlich");
      await preview.locator("h3").filter({ hasText: "Acme Contracts ist installiert, endlich" }).waitFor();
      await shoot("intro-typed");
      await page.close();
    },
  ],
  [
    "HTML in an introduction is completed, explained and closed",
    async ({ page, folder, shoot }) => {
      writeFileSync(join(folder, "Intro.sopm"), introSpec);
      await startWith(page, "Intro.sopm");
      await caretIn(page, "<h3>Thank you</h3>", 0);
      await page.keyboard.type("<");
      const rows = page.locator(".suggest-widget.visible .monaco-list-row");
      await rows.filter({ hasText: "strong" }).first().waitFor();
      await shoot("html-tags");
      await page.keyboard.press("Escape");
      await page.keyboard.type("div>", { delay: 60 });
      await line(page, "<div></div>").waitFor();
      await caretIn(page, "<a >", 1);
      await page.keyboard.press("Control+Space");
      await rows.filter({ hasText: "href" }).first().waitFor();
      await shoot("html-attributes");
      await page.keyboard.press("Escape");
      const picture = page
        .locator(".view-line span span")
        .filter({ hasText: /^<?img\s*$/ })
        .last();
      const hover = await hoverOver(page, picture);
      await hover.filter({ hasText: "takes this out" }).waitFor();
      await shoot("html-hover");
      await page.mouse.move(5, 5);
      await caretIn(page, "&lt;ul", 0);
      await page.keyboard.type("&gt;", { delay: 60 });
      await line(page, "&lt;ul&gt;&lt;/ul&gt;").waitFor();
      await shoot("html-escaped");
      await runCommand(page, "File: Revert File");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      rmSync(join(folder, "Intro.sopm"));
    },
  ],
  [
    "sopm.json is completed and checked as it is typed",
    async ({ page, folder, shoot }) => {
      const file = join(folder, "AcmeOld", "sopm.json");
      writeFileSync(file, "{\n    // What holds for this package.\n    \n}\n");
      await startWith(page, "sopm.json");
      await caretIn(page, "What holds for this package.", 0);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      const rows = page.locator(".suggest-widget.visible .monaco-list-row");
      const keys = rows.filter({ hasText: "dialect" }).first();
      // The editor's own support of JSON hears of schemas some time after it has started.
      await untilVisible(keys, async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+Space");
      });
      await shoot("configuration-keys");
      await page.keyboard.type("profi");
      await rows.filter({ hasText: "profile" }).first().click();
      await line(page, '"profile":').waitFor();
      await page.keyboard.press("Control+Space");
      await rows.filter({ hasText: "znuny-policy" }).first().waitFor();
      await shoot("configuration-values");
      await rows.filter({ hasText: "znuny-policy" }).first().click();
      await line(page, '"profile": "znuny-policy"').waitFor();
      await page.keyboard.press("End");
      await page.keyboard.type(',\n"dialekt": "auto"', { delay: 30 });
      await openProblems(page);
      await page.locator(problemRows).filter({ hasText: "dialekt" }).first().waitFor();
      await shoot("configuration-problem");
    },
  ],
];

const introSpec = `<?xml version="1.0" encoding="utf-8"?>
<otrs_package version="1.0">
    <Name>Intro</Name>
    <Version>1.0.0</Version>
    <Framework>7.1.x</Framework>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007</License>
    <Description Lang="en">Texts for administrators.</Description>
    <IntroInstall Type="post" Lang="en" Title="Thanks"><![CDATA[
        <h3>Thank you</h3>
        <img src="logo.png">
        <a >Manual</a>
    ]]></IntroInstall>
    <IntroUninstall Type="pre" Lang="en" Title="Bye">&lt;ul</IntroUninstall>
</otrs_package>
`;

const referenceRows = ".reference-zone-widget .monaco-list-row";

/** Closes what the story before has left open, and opens a file. */
async function startWith(page: Page, file: string): Promise<void> {
  await runCommand(page, "View: Close All Editors");
  await openFile(page, file);
}

/** Waits until a row of the Explorer bears a mark, or none, which is the content of a style. */
async function untilMarked(page: Page, file: string, mark: string): Promise<void> {
  await page.waitForFunction(
    `(([file, mark]) => {
      const rows = [...document.querySelectorAll(".explorer-folders-view .monaco-list-row")];
      const row = rows.find(({ textContent }) => textContent === file);
      const marks = [...(row?.querySelectorAll("*") ?? [])].map((each) => getComputedStyle(each, "::after").content);
      const isMarked = marks.some((each) => /[∉!]/.test(each));
      return row && (mark === "" ? !isMarked : marks.some((each) => each.includes(mark)));
    })(${JSON.stringify([file, mark])})`,
  );
}

function activeTab(page: Page, file: string) {
  return page.locator(`.tab.active[data-resource-name="${file}"]`).first();
}

/** The first line of a file that holds a text, counted from 1. */
function lineOf(file: string, text: string): number {
  return (
    1 +
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((each) => each.includes(text))
  );
}
