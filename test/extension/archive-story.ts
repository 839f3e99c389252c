import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { Profile } from "../editor/served-editor.ts";
import { notification, pickRow, runCommand } from "../editor/workbench.ts";
import { runCli } from "../support/run-cli.ts";
import { exampleFolder } from "./bundle.ts";
import { closeNotifications, inputEndsWith, type Steps } from "./scene.ts";

const archive = "AcmeContracts-1.2.0.opm";
const module = "Kernel/System/AcmeContracts.pm";

/** When and where the archive was built: by somebody else, a while ago. */
const stamp = { date: "2026-09-15 08:00:00", host: "build.acme.example" };

/** A workspace with the archive of a package that has been worked on since. Builds in it bear the stamp of the archive. */
export async function archiveWorkspace({ folder: home }: Profile): Promise<string> {
  const folder = join(home, "ws", "archives");
  const spec = join(folder, "AcmeContracts.sopm");
  cpSync(exampleFolder, folder, { recursive: true });
  const stamps = ["--stamp-date", stamp.date, "--stamp-host", stamp.host];
  await runCli(["build", "--no-simulation", ...stamps, spec]);
  change(spec, '<File Permission="660" Location="scripts/', '<File Permission="770" Location="scripts/');
  change(join(folder, module), "1;", "# Contracts may be renewed.\n1;");
  mkdirSync(join(folder, ".vscode"));
  const settings = { "sopm.build.stampDate": stamp.date, "sopm.build.stampHost": stamp.host };
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify(settings));
  return folder;
}

/** What an author does with an archive, in this order; each step stands on those before. */
export const archiveStory: Steps = [
  [
    "an archive opens as a tree in the Explorer, and its files as documents that nobody can change",
    async ({ page, shoot }) => {
      await choose(page, archive, "Open Archive as Folder");
      await row(page, "AcmeContracts.sopm").filter({ hasText: "as built" }).waitFor();
      // The files of the workspace make room for it.
      await toggleFiles(page);
      await expand(row(page, "Kernel"));
      await expand(row(page, "System"));
      const file = row(page, "AcmeContracts.pm");
      await file.filter({ hasText: "660" }).click();
      await page.locator(".tab.active[data-resource-name='AcmeContracts.pm']").waitFor();
      await page
        .locator(".view-line")
        .filter({ hasText: "package Kernel::System::AcmeContracts;" })
        .waitFor();
      await shoot("archive-tree");
      await page.locator(".editor-instance .view-lines").first().click();
      await page.keyboard.type("x");
      await page
        .locator(".monaco-editor-overlaymessage")
        .filter({ hasText: "Edit Package of Archive" })
        .waitFor();
      await shoot("archive-read-only");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      await toggleFiles(page);
    },
  ],
  [
    "it is compared with the workspace: what differs is told, and the texts stand side by side",
    async ({ page, shoot }) => {
      await choose(page, archive, "Compare Package With…");
      await pickRow(page, "AcmeContracts.sopm").click();
      await page.locator(".tab").filter({ hasText: "Differences of Packages" }).waitFor();
      const report = page.locator(".editor-group-container").last().locator(".view-lines").last();
      await report.filter({ hasText: module }).filter({ hasText: "scripts/test/AcmeContracts.t" }).waitFor();
      // Of the spec only what was changed stands there, whatever the order that an archive is written in.
      await page.locator(".view-line").filter({ hasText: 'Permission="770"' }).first().waitFor();
      await page.locator(".view-line").filter({ hasText: "# Contracts may be renewed." }).first().waitFor();
      await shoot("archive-compared");
      await runCommand(page, "View: Close All Editors");
    },
  ],
  [
    "its package is made editable in a folder",
    async ({ page, folder, shoot }) => {
      mkdirSync(edited(folder));
      await choose(page, archive, "Edit Package of Archive…");
      await inputEndsWith(page, "/");
      const asked = page.locator(".quick-input-widget:visible");
      // The proposal of the dialog itself may come once more, in place of what was typed.
      for (let turn = 0; turn < 5 && (await asked.isVisible()); turn++) {
        await asked
          .locator("input")
          .first()
          .fill(`${edited(folder)}/`);
        await inputEndsWith(page, "edited/");
        await shoot("archive-folder");
        await asked.getByText("Make the Source Here").click();
        await asked.waitFor({ state: "hidden", timeout: 5000 }).catch(() => undefined);
      }
      await notification(page, /gives the archive back, byte for byte/).waitFor();
      await page.locator(".tab.active[data-resource-name='AcmeContracts.sopm']").waitFor();
      await shoot("archive-edited");
      await closeNotifications(page);
      assert.ok(existsSync(join(edited(folder), module)));
    },
  ],
  [
    "building it gives the archive back, byte for byte",
    async ({ page, folder, shoot }) => {
      await runCommand(page, "SOPM: Build Package");
      await notification(page, /Built .*AcmeContracts-1\.2\.0\.opm/).waitFor();
      await shoot("archive-built");
      await closeNotifications(page);
      const again = readFileSync(join(edited(folder), archive));
      assert.ok(again.equals(readFileSync(join(folder, archive))), "the archives differ");
      assert.match(again.toString(), /<BuildHost>build\.acme\.example</);
    },
  ],
  [
    "who asks for German reads German",
    async ({ openGerman }) => {
      const { page, shoot } = await openGerman();
      await choose(page, archive, "Archiv als Ordner öffnen");
      await row(page, "AcmeContracts.sopm").waitFor();
      await choose(page, archive, "Paket vergleichen mit …");
      await pickRow(page, "AcmeContracts.sopm").click();
      await page.locator(".tab").filter({ hasText: "Unterschiede von Paketen" }).waitFor();
      await page.locator(".view-line").filter({ hasText: "# Contracts may be renewed." }).first().waitFor();
      await shoot("archive-german");
    },
  ],
];

function edited(folder: string): string {
  return join(folder, "edited");
}

function change(path: string, before: string, after: string): void {
  const text = readFileSync(path, "utf8");
  assert.ok(text.includes(before), `${path} has no “${before}”`);
  writeFileSync(path, text.replace(before, after));
}

/** Chooses an entry of the context menu of a file in the Explorer. */
async function choose(page: Page, file: string, entry: string): Promise<void> {
  // A menu that opens before the extension is there lacks its entries for good.
  await page.locator(".sidebar .pane-header[aria-label^='Version']").waitFor();
  const files = page.locator(".explorer-folders-view .monaco-list-row");
  await files.filter({ hasText: file }).first().click({ button: "right" });
  // A menu takes no click at once, since the pointer may still come from where it was opened.
  await page.locator(".monaco-menu .action-item").filter({ hasText: entry }).first().hover();
  await page.locator(".monaco-menu .action-item.focused").filter({ hasText: entry }).waitFor();
  await page.keyboard.press("Enter");
}

/** Shows or hides the section of the workspace in the Explorer. */
async function toggleFiles(page: Page): Promise<void> {
  await page.locator(".sidebar .pane-header").first().click();
}

/** A row in the view of the archive. */
function row(page: Page, name: string): Locator {
  return page
    .locator(".sidebar .pane")
    .filter({ has: page.locator(".pane-header[aria-label^='Archiv']") })
    .locator(".monaco-list-row")
    .filter({ has: page.locator(".label-name").getByText(name, { exact: true }) })
    .first();
}

async function expand(of: Locator): Promise<void> {
  await of.waitFor();
  if ((await of.getAttribute("aria-expanded")) !== "true") await of.locator(".monaco-tl-twistie").click();
}
