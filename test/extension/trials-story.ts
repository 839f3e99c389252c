import type { Page } from "playwright-core";
import { goToLineEnd, openFile, pickRow, runCommand } from "../editor/workbench.ts";
import type { FrameworkBox } from "../support/framework-box.ts";
import { line, type Steps, save } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** As the Test Explorer shows it. */
const perlTest = "scripts/test/AcmeNotes.t";

/** What an author sees of the trials of a package, in this order; each step stands on those before. */
export function trialsStory(box: FrameworkBox): Steps {
  return [
    [
      "the Test Explorer has the package with its systems, trials and Perl tests",
      async ({ page, shoot }) => {
        await openExplorer(page);
        await expand(page, "AcmeNotes");
        await row(page, "Znuny 7.1.7 with MariaDB").waitFor();
        await row(page, "Perl tests").filter({ hasText: "run on a test system" }).waitFor();
        await expand(page, "Znuny 7.1.7 with MariaDB");
        await row(page, "upgrade from 1.0.0").waitFor();
        await shoot("trials-listed");
      },
    ],
    [
      "a trial is red, and its failure stands at the element",
      async ({ page, shoot }) => {
        await openFile(page, "AcmeNotes.sopm");
        await runCommand(page, "Test: Run All Tests");
        await row(page, "upgrade from 1.0.0", "Failed").waitFor();
        await row(page, "uninstall leaves nothing", "Passed").waitFor();
        await row(page, "upgrade from 1.0.0").dblclick();
        await page.locator(".test-output-peek, .zone-widget").first().waitFor();
        await shoot("trials-red");
        await page.keyboard.press("Escape");
      },
    ],
    [
      "the button of a trial opens its dry run",
      async ({ page, shoot }) => {
        await row(page, "upgrade from 1.0.0").hover();
        await row(page, "upgrade from 1.0.0").getByRole("button", { name: "Show Dry Run of Trial" }).click();
        await webviewIn(page).locator("#report h1").filter({ hasText: "AcmeNotes" }).waitFor();
        await shoot("trials-dry-run");
        await runCommand(page, "View: Close Editor");
      },
    ],
    [
      "it is run when the spec is saved, and is green once the upgrade has the column",
      async ({ page, shoot }) => {
        await runCommand(page, "Test: Start Continuous Run");
        await openFile(page, "AcmeNotes.sopm");
        await goToLineEnd(page, 19);
        await paste(page, upgrade);
        await line(page, "<ColumnAdd").waitFor();
        await save(page);
        await row(page, "upgrade from 1.0.0", "Passed").waitFor();
        await row(page, "AcmeNotes", "Passed").first().waitFor();
        await shoot("trials-green");
      },
    ],
    [
      "a Perl test is run on a test system, whose commands are shown first",
      async ({ page, shoot }) => {
        box.write("scripts/test/AcmeNotes.t", "1;\n");
        await expand(page, "Perl tests");
        await run(page);
        await dialog(page).getByText("Dev::UnitTest::Run --test {test}").waitFor();
        await dialog(page).getByText(`$ sh -c 'exec "$@"' sh`).first().waitFor();
        await shoot("trials-commands");
        await dialog(page).getByRole("button", { name: "Cancel" }).click();
        // Who does not want it has not broken anything.
        await row(page, perlTest, "Skipped").waitFor();
        await shoot("trials-refused");
        await run(page);
        await dialog(page).getByRole("button", { name: "Run, and Do Not Ask Again" }).click();
        await row(page, perlTest, "Passed").waitFor();
        await shoot("trials-perl");
      },
    ],
    [
      "commands that are allowed for good are not asked about again, and a test that fails is red",
      async ({ page, shoot }) => {
        box.plant({ failingTest: "AcmeNotes" });
        await run(page);
        await row(page, perlTest, "Failed").waitFor();
        await row(page, perlTest).dblclick();
        await page.locator(".test-output-peek").first().waitFor();
        await shoot("trials-perl-red");
        await page.keyboard.press("Escape");
        box.plant({});
      },
    ],
    [
      "who asks for German reads German",
      async ({ openGerman }) => {
        const { page, shoot } = await openGerman();
        await openFile(page, "AcmeNotes.sopm");
        await openExplorer(page);
        await expand(page, "AcmeNotes");
        await expand(page, "Znuny 7.1.7 mit MariaDB");
        await row(page, "Neuinstallation nach einer geänderten Datei").waitFor();
        await shoot("trials-german");
      },
    ],
  ];
}

const upgrade = `
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_notes" Version="1.1.0">
            <ColumnAdd Name="note" Required="false" Type="VARCHAR" Size="200" />
        </TableAlter>
    </DatabaseUpgrade>`;

/** Runs the Perl test on the test system, by its button. */
async function run(page: Page): Promise<void> {
  await row(page, perlTest).hover();
  await row(page, perlTest).getByRole("button", { name: "Run Test" }).click();
  await pickRow(page, "lab").click();
}

function dialog(page: Page) {
  return page.locator(".monaco-dialog-box");
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press("Control+V");
}

async function openExplorer(page: Page): Promise<void> {
  // In every language the same key.
  await page.locator(".activitybar .action-label.codicon-test-view-icon").click();
  await page.locator(".test-explorer .monaco-list-row").first().waitFor();
}

/** A row of the Test Explorer. @param state such as "Failed", as a screen reader is told it */
function row(page: Page, text: string, state = "") {
  const rows = page.locator(`.test-explorer .monaco-list-row${state && `[aria-label*="${state}"]`}`);
  return rows.filter({ hasText: text });
}

async function expand(page: Page, text: string): Promise<void> {
  const found = row(page, text).first();
  await found.waitFor();
  if ((await found.getAttribute("aria-expanded")) === "true") return;
  await found.locator(".monaco-tl-twistie").click();
}
