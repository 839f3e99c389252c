import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Profile } from "../editor/served-editor.ts";
import {
  notification,
  openFile,
  openProblems,
  pickRow,
  problemRows,
  runCommand,
} from "../editor/workbench.ts";
import { type FrameworkBox, makeFrameworkBox } from "../support/framework-box.ts";
import { addPerlFramework } from "../support/perl-framework.ts";
import { closeNotifications, inputEndsWith, type Steps } from "./scene.ts";

/** A test system beside the folders of the profile. */
export function boxBeside(profile: Profile): FrameworkBox {
  const home = join(profile.folder, "box");
  mkdirSync(home);
  return makeFrameworkBox(home);
}

/** What names it to the editor. */
export function boxSettings({ home }: FrameworkBox): Readonly<Record<string, unknown>> {
  const tables = ["cat", join(home, "var/tables.txt")];
  return { "sopm.testSystems": { box: { command: [], home, tables } } };
}

/** The same system behind a shell, as one is that is reached over `ssh`: it is called “lab”. */
export function shellSettings({ home }: FrameworkBox): Readonly<Record<string, unknown>> {
  const command = ["sh", "-c", 'exec "$@"', "sh"];
  return { "sopm.testSystems": { lab: { command, home, shared: { here: home, there: home } } } };
}

/** What an author does with a test system, in this order; each step stands on those before. */
export function systemsStory(box: FrameworkBox): Steps {
  return [
    [
      "the commands for a test system are shown, and none is run when they are refused",
      async ({ page, shoot }) => {
        await openFile(page, "AcmeBase.sopm");
        await runCommand(page, "SOPM: Install on Test System…");
        await pickRow(page, "box").click();
        await dialog(page).getByText("Admin::Package::Install {archive}").waitFor();
        await shoot("system-commands");
        await dialog(page).getByText("Cancel", { exact: true }).click();
        await notification(page, /Nothing was run on the test system “box”/).waitFor();
        assert.equal(box.read("var/state.json"), undefined);
        await closeNotifications(page);
      },
    ],
    [
      "it is installed there, and what came otherwise than foretold is told where it was promised",
      async ({ page, shoot }) => {
        box.plant({ change: "Kernel/System/AcmeBase.pm" });
        await runCommand(page, "SOPM: Install on Test System…");
        await pickRow(page, "box").click();
        await dialog(page).getByText("Run", { exact: true }).click();
        await notification(
          page,
          /Foretold by the dry run, and compared: \d+\. Came otherwise: 2\./,
        ).waitFor();
        assert.equal(box.read("Kernel/System/AcmeBase.pm"), "changed by code\n");
        await shoot("system-difference");
        await openProblems(page);
        await page
          .locator(problemRows)
          .filter({ hasText: "File Kernel/System/AcmeBase.pm: foretold a file with the digest" })
          .first()
          .waitFor();
        await shoot("system-problems");
      },
    ],
    [
      "what came otherwise is kept as a file that tells nothing of the package",
      async ({ page, folder }) => {
        await notification(page, /Came otherwise/)
          .getByText("Keep as Case File…")
          .click();
        const input = page.locator(".quick-input-widget:visible input").first();
        await inputEndsWith(page, "sopm-case.json");
        await input.press("Enter");
        await page.locator(".tab.active[data-resource-name='sopm-case.json']").waitFor();
        const file = join(folder, "sopm-case.json");
        assert.ok(existsSync(file));
        assert.doesNotMatch(readFileSync(file, "utf8"), /Acme/i);
        await closeNotifications(page);
      },
    ],
    [
      "what a command writes is seen in the terminal",
      async ({ page, shoot }) => {
        await runCommand(page, "SOPM: Work on Test System…");
        await pickRow(page, "box").click();
        await pickRow(page, "Clear the caches").click();
        await dialog(page).getByText("Run", { exact: true }).click();
        await notification(page, /Clear the caches of the test system “box”: done/).waitFor();
        // What the console says is drawn in the terminal, and can only be looked at.
        await shoot("system-terminal");
        await closeNotifications(page);
      },
    ],
    [
      "one phase of the package is run alone, once its program was shown",
      async ({ page, shoot }) => {
        addPerlFramework(box);
        await openFile(page, "AcmeBase.sopm");
        await runCommand(page, "SOPM: Work on Test System…");
        await pickRow(page, "box").click();
        await pickRow(page, "Code or database sections of one phase…").click();
        await pickRow(page, "DatabaseInstall").waitFor();
        await shoot("system-phases");
        await pickRow(page, "DatabaseInstall").click();
        await dialog(page).getByText("perl {program}").waitFor();
        await shoot("system-phase-program");
        await dialog(page).getByText("Run", { exact: true }).click();
        await notification(page, /DatabaseInstall \(post\) on the test system “box”: done/).waitFor();
        assert.equal(box.read("var/asked.txt"), "database TableCreate\n");
        await closeNotifications(page);
      },
    ],
    [
      "links to the files of the package are shown and made, and nothing of the framework is replaced",
      async ({ page, shoot }) => {
        await runCommand(page, "SOPM: Work on Test System…");
        await pickRow(page, "box").click();
        await pickRow(page, "Link the files of a package…").click();
        await notification(page, /Nothing was changed on the test system “box”/).waitFor();
        await closeNotifications(page);
        rmSync(join(box.home, "Kernel/System/AcmeBase.pm"));
        await runCommand(page, "SOPM: Work on Test System…");
        await pickRow(page, "box").click();
        await pickRow(page, "Link the files of a package…").click();
        await dialog(page).getByText("Make these links on the test system “box”?").waitFor();
        await shoot("system-links");
        await dialog(page).getByText("Make Links", { exact: true }).click();
        await notification(page, /Links made on the test system “box”: 1\./).waitFor();
        await closeNotifications(page);
        await runCommand(page, "SOPM: Work on Test System…");
        await pickRow(page, "box").click();
        await pickRow(page, "Remove the links to the files of a package…").click();
        await dialog(page).getByText("Remove Links", { exact: true }).click();
        await notification(page, /Links removed on the test system “box”: 1\./).waitFor();
        await closeNotifications(page);
        box.write("Kernel/System/AcmeBase.pm", "changed by code\n");
      },
    ],
    [
      "who asks for German reads German, from the commands to the result",
      async ({ openGerman }) => {
        const { page, shoot } = await openGerman();
        await openFile(page, "AcmeBase.sopm");
        await runCommand(page, "SOPM: Auf Testsystem arbeiten …");
        await pickRow(page, "box").click();
        await pickRow(page, "Deinstallieren").click();
        await dialog(page).getByText("Diese Befehle für das Testsystem „box“ ausführen?").waitFor();
        await shoot("system-commands-german");
        await dialog(page).getByText("Ausführen", { exact: true }).click();
        await notification(page, /Der Vorgang gelang, und alles, was verglichen wurde/).waitFor();
        assert.equal(box.read("Kernel/System/AcmeBase.pm"), undefined);
        await shoot("system-german");
      },
    ],
  ];
}

function dialog(page: Page) {
  return page.locator(".monaco-dialog-box");
}
