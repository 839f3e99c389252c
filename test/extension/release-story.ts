import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Profile } from "../editor/served-editor.ts";
import {
  goToLineEnd,
  notification,
  openFile,
  openProblems,
  pickRow,
  problemRows,
  reloadWindow,
  runCommand,
} from "../editor/workbench.ts";
import { GitRepository } from "../support/git-repository.ts";
import { closeNotifications, line, revert, type Steps } from "./scene.ts";
import { webviewIn } from "./webview.ts";

/** A new repository beside the folders of the profile, as a server makes one: with a README and nothing else. */
export function repositoryBeside(profile: Profile): GitRepository {
  const folder = join(profile.folder, "ws", "new");
  mkdirSync(folder, { recursive: true });
  const repository = new GitRepository(folder);
  repository.git("config", "user.name", "Acme");
  repository.git("config", "user.email", "acme@acme.example");
  repository.commit({ "README.md": "# Loans\n" });
  return repository;
}

/** What an author does from nothing to a second release, in this order; each step stands on those before. */
export function releaseStory(repository: GitRepository): Steps {
  const inPackage = (file: string) => join(repository.folder, "AcmeLoans", file);
  return [
    [
      "the walkthrough opens with making a package",
      async ({ page, shoot }) => {
        await runCommand(page, "Welcome: Open Walkthrough...");
        await pickRow(page, "From nothing to a package").click();
        await page.locator(".gettingStartedContainer").getByText("Make a package").first().waitFor();
        await page
          .locator(".gettingStartedContainer a")
          .filter({ hasText: "New Package…" })
          .first()
          .waitFor();
        await shoot("release-walkthrough");
      },
    ],
    [
      "a new package is asked for step by step, and what will not do is objected to",
      async ({ page, shoot }) => {
        await runCommand(page, "SOPM: New Package…");
        await question(page, "Which releases is the package for?").waitFor();
        await accept(page);
        await dialog(page).getByText("Name the product that the package is for").waitFor();
        await shoot("new-package-no-product");
        await dialog(page).getByText("OK", { exact: true }).click();
        await tick(page, "Znuny 7.1");
        await accept(page);
        await question(page, "Name of the package").waitFor();
        await answer(page, "Acme Loans");
        await question(page, "cannot be the name of a new package").waitFor();
        await shoot("new-package-objection");
        await answer(page, "AcmeLoans");
        await question(page, "Who makes it?").waitFor();
        await answer(page, "Acme Inc.");
        await question(page, "Its licence").waitFor();
        await shoot("new-package-licence");
        await accept(page);
        await question(page, "What does it bring?").waitFor();
        for (const part of ["A table", "Code that runs", "A unit test", "German texts", "Checks on GitHub"]) {
          await tick(page, part);
        }
        await shoot("new-package-parts");
        await accept(page);
        await question(page, "Where?").waitFor();
        await shoot("new-package-folder");
        await pickRow(page, "the folder of the workspace itself").click();
        await dialog(page).getByText("“README.md” is in").waitFor();
        await shoot("new-package-folder-objection");
        await dialog(page).getByText("OK", { exact: true }).click();
        await pickRow(page, join(repository.folder, "AcmeLoans")).click();
        await page.locator(".tab.active[data-resource-name='AcmeLoans.sopm']").waitFor();
        await shoot("new-package-made");
      },
    ],
    [
      "its dry run is green",
      async ({ page, shoot }) => {
        await notification(page, /AcmeLoans\.sopm is made/)
          .getByText("Dry Run Install")
          .click();
        const report = webviewIn(page);
        await report.locator(".verdict").filter({ hasText: "would do this" }).waitFor();
        await shoot("new-package-dry-run");
        assert.equal(await report.locator("li.step.fails").count(), 0);
        await runCommand(page, "View: Close Editor");
        await closeNotifications(page);
      },
    ],
    [
      "its spec has no problem, and would have one if it were wrong",
      async ({ page, shoot }) => {
        await openFile(page, "AcmeLoans.sopm");
        await openProblems(page);
        await goToLineEnd(page, 3);
        await page.keyboard.press("Enter");
        await page.keyboard.type("<Vender>", { delay: 30 });
        await page.locator(problemRows).filter({ hasText: "Vender" }).first().waitFor();
        await revert(page);
        await page.locator(".markers-panel").getByText("No problems have been detected").waitFor();
        await shoot("new-package-problems");
      },
    ],
    [
      "a release that is not committed is doubted, and given up",
      async ({ page, shoot }) => {
        await askForRelease(page, "1.1.0", "Loans can be extended.");
        await question(page, "What else").waitFor();
        await accept(page);
        await dialog(page).getByText("Release AcmeLoans 1.1.0?").waitFor();
        await dialog(page).getByText("9 files are not committed as they are").waitFor();
        await shoot("release-doubts");
        await dialog(page).getByText("Cancel", { exact: true }).click();
        await dialog(page).waitFor({ state: "hidden" });
        assert.match(readFileSync(inPackage("AcmeLoans.sopm"), "utf8"), /<Version>1\.0\.0</);
      },
    ],
    [
      "a release writes spec, archive, digest and bill of materials, commits and tags",
      async ({ page, shoot }) => {
        repository.commit({});
        await askForRelease(page, "1.1.0", "Loans can be extended.", () => shoot("release-change-log"));
        await question(page, "What else").waitFor();
        await tick(page, "Commit the spec, and tag the commit");
        await shoot("release-more");
        await accept(page);
        await dialog(page).getByText("Tag: v1.1.0").waitFor();
        await shoot("release-plan");
        await dialog(page).getByText("Release", { exact: true }).click();
        await notification(page, /AcmeLoans 1\.1\.0 is released: .*AcmeLoans-1\.1\.0\.opm/).waitFor();
        await shoot("released");
        const spec = readFileSync(inPackage("AcmeLoans.sopm"), "utf8");
        assert.match(spec, /<ChangeLog Version="1\.1\.0" Date="[^"]+">Loans can be extended\.</);
        const archive = readFileSync(inPackage("AcmeLoans-1.1.0.opm"));
        assert.match(archive.toString(), /<Version>1\.1\.0</);
        const digest = createHash("sha256").update(archive).digest("hex");
        const written = readFileSync(inPackage("AcmeLoans-1.1.0.opm.sha256"), "utf8");
        assert.equal(written, `${digest}  AcmeLoans-1.1.0.opm\n`);
        const bill = JSON.parse(readFileSync(inPackage("AcmeLoans-1.1.0.cdx.json"), "utf8"));
        assert.equal(bill.bomFormat, "CycloneDX");
        assert.deepEqual(
          [bill.metadata.component.name, bill.metadata.component.version],
          ["AcmeLoans", "1.1.0"],
        );
        assert.equal(repository.git("tag", "--points-at", "HEAD"), "v1.1.0");
        assert.equal(repository.git("show", "HEAD:AcmeLoans/AcmeLoans.sopm"), spec.trimEnd());
        await closeNotifications(page);
      },
    ],
    [
      "the walkthrough has ticked what was done",
      async ({ page, shoot }) => {
        await runCommand(page, "Welcome: Open Walkthrough...");
        await pickRow(page, "From nothing to a package").click();
        const step = (text: string) => page.locator(".getting-started-step").filter({ hasText: text });
        for (const text of ["Make a", "Open its", "See what", "Build the", "Release it"]) {
          await step(text).locator(".codicon.complete").waitFor();
        }
        await shoot("release-walkthrough-done");
      },
    ],
    [
      "who asks for German reads German, and what the commits since say",
      async ({ openGerman, folder }) => {
        assert.equal(folder, repository.folder);
        repository.commit({ "AcmeLoans/doc/en/AcmeLoans.md": "# Loans\n\nHow to lend.\n" });
        const { page, shoot } = await openGerman();
        await openFile(page, "AcmeLoans.sopm");
        await runCommand(page, "SOPM: Paket freigeben …");
        await pickRow(page, "1.1.1").click();
        const asked = notification(page, "Was ist neu in 1.1.1?");
        await asked.waitFor();
        await page
          .locator(".editor-instance .view-lines")
          .filter({ hasText: /Day\s3/ })
          .waitFor();
        await shoot("release-german-change-log");
        await asked.getByText("Diesen Text verwenden").click();
        await question(page, "Was noch").waitFor();
        await accept(page);
        await dialog(page).getByText("AcmeLoans 1.1.1 freigeben?").waitFor();
        await shoot("release-german-plan");
      },
    ],
    [
      "a release that another Git keeps from its end stops, says why, and goes on",
      async ({ page, shoot }) => {
        repository.commit({});
        const begun = repository.git("rev-parse", "HEAD");
        const lock = join(repository.folder, ".git", "index.lock");
        writeFileSync(lock, "");
        await release(page, "1.2.0", "Loans end.");
        const stopped = notification(page, /The release stopped/);
        await stopped.waitFor();
        await shoot("release-stopped");
        await reloadWindow(page);
        await notification(page, /The release of AcmeLoans 1\.2\.0 was begun and is not finished/).waitFor();
        await shoot("release-begun-at-start");
        await closeNotifications(page);
        rmSync(lock);
        await runCommand(page, "SOPM: Release Package…");
        await dialog(page).getByText("The release of AcmeLoans 1.2.0 was begun").waitFor();
        await shoot("release-begun");
        await dialog(page).getByRole("button", { name: "Go On" }).click();
        await notification(page, /AcmeLoans 1\.2\.0 is released: .*AcmeLoans-1\.2\.0\.opm/).waitFor();
        assert.equal(repository.git("tag", "--points-at", "HEAD"), "v1.2.0");
        assert.equal(repository.git("rev-parse", "HEAD~1"), begun);
        assert.ok(existsSync(inPackage("AcmeLoans-1.2.0.opm.sha256")));
        await closeNotifications(page);
      },
    ],
    [
      "another one is taken back, and nothing of it is left",
      async ({ page, shoot }) => {
        const head = repository.git("rev-parse", "HEAD");
        const spec = readFileSync(inPackage("AcmeLoans.sopm"), "utf8");
        const files = readdirSync(inPackage("."));
        const lock = join(repository.folder, ".git", "refs", "tags", "v1.3.0.lock");
        writeFileSync(lock, "");
        await release(page, "1.3.0", "Loans begin.");
        await notification(page, /The release stopped/).waitFor();
        await shoot("release-stopped-at-tag");
        await closeNotifications(page);
        assert.notEqual(repository.git("rev-parse", "HEAD"), head);
        rmSync(lock);
        await runCommand(page, "SOPM: Release Package…");
        await dialog(page).getByRole("button", { name: "Take Back" }).click();
        await notification(page, /The release of AcmeLoans 1\.3\.0 is taken back/).waitFor();
        await line(page, "<Version>1.2.0</Version>").waitFor();
        await shoot("release-taken-back");
        assert.equal(repository.git("rev-parse", "HEAD"), head);
        assert.equal(repository.git("tag", "--list", "v1.3.0"), "");
        assert.equal(readFileSync(inPackage("AcmeLoans.sopm"), "utf8"), spec);
        assert.deepEqual(readdirSync(inPackage(".")), files);
        await closeNotifications(page);
      },
    ],
    [
      "a package is made in German from the first question to the dry run",
      async ({ openGerman, folder }) => {
        const { page, shoot } = await openGerman();
        await runCommand(page, "SOPM: Neues Paket …");
        await question(page, "Für welche Releases ist das Paket?").waitFor();
        await shoot("new-package-german-products");
        await tick(page, "Znuny 7.2");
        await tick(page, "OTOBO 11.0");
        await accept(page);
        await dialog(page).getByText("kann nicht zugleich für OTOBO 11.0 und Znuny 7.2 sein").waitFor();
        await shoot("new-package-german-products-objection");
        await dialog(page).getByText("OK", { exact: true }).click();
        await tick(page, "OTOBO 11.0");
        await accept(page);
        await question(page, "Name des Pakets: Buchstaben von A bis Z und Ziffern").waitFor();
        await answer(page, "Acme-Räume");
        await question(page, "kann nicht der Name eines neuen Pakets sein").waitFor();
        await shoot("new-package-german-objection");
        await answer(page, "AcmeRooms");
        await question(page, "Wer stellt es her?").waitFor();
        await shoot("new-package-german-vendor");
        await answer(page, "Acme GmbH");
        await question(page, "Seine Lizenz").waitFor();
        await shoot("new-package-german-licence");
        await accept(page);
        await question(page, "Was bringt es mit?").waitFor();
        for (const part of ["Eine Tabelle", "Deutsche Texte"]) await tick(page, part);
        await shoot("new-package-german-parts");
        await accept(page);
        await question(page, "Wo? Es wird keine Datei überschrieben.").waitFor();
        await shoot("new-package-german-folder");
        await pickRow(page, join(folder, "AcmeRooms")).click();
        const made = notification(page, /AcmeRooms\.sopm ist angelegt/);
        await made.waitFor();
        await page.locator(".tab.active[data-resource-name='AcmeRooms.sopm']").waitFor();
        await shoot("new-package-german-made");
        await made.getByText("Probelauf: Installieren").click();
        const report = webviewIn(page);
        await report.locator(".verdict").filter({ hasText: "würde das tun" }).waitFor();
        await shoot("new-package-german-dry-run");
      },
    ],
  ];
}

/** With a commit and a tag, up to the result. */
async function release(page: Page, version: string, entry: string): Promise<void> {
  await askForRelease(page, version, entry);
  await question(page, "What else").waitFor();
  await tick(page, "Commit the spec, and tag the commit");
  await accept(page);
  await dialog(page).getByText(`Release AcmeLoans ${version}?`).waitFor();
  await dialog(page).getByRole("button", { name: "Release", exact: true }).click();
}

/** Up to the text of the change log. */
async function askForRelease(page: Page, version: string, entry: string, look?: () => Promise<void>) {
  await openFile(page, "AcmeLoans.sopm");
  await runCommand(page, "SOPM: Release Package…");
  await pickRow(page, version).click();
  const asked = notification(page, `What is new in ${version}?`);
  await asked.waitFor();
  await page
    .locator(".tab.active")
    .filter({ hasText: `ChangeLog of AcmeLoans ${version}` })
    .waitFor();
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(entry, { delay: 10 });
  await look?.();
  await page.keyboard.press("Control+Enter");
}

/** The list or the field that asks something, also as the words that wait in its own field. */
function question(page: Page, text: string) {
  const widget = page.locator(".quick-input-widget:visible");
  return widget
    .filter({ hasText: text })
    .or(widget.locator(`input[placeholder^="${text}"]`))
    .first();
}

function input(page: Page) {
  return page.locator(".quick-input-widget:visible input.input").first();
}

async function answer(page: Page, text: string): Promise<void> {
  await input(page).fill(text);
  await accept(page);
}

async function accept(page: Page): Promise<void> {
  await input(page).press("Enter");
}

/** Chooses a row of several beside those that are chosen. */
async function tick(page: Page, text: string): Promise<void> {
  await pickRow(page, text).click();
}

function dialog(page: Page) {
  return page.locator(".monaco-dialog-box");
}
