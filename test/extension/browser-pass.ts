import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Installation } from "../editor/installation.ts";
import { Profile, startEditor } from "../editor/served-editor.ts";
import {
  goToLineEnd,
  hoverOver,
  launchBrowser,
  newPage,
  notification,
  openFile,
  openProblems,
  openWorkbench,
  pickRow,
  problemRows,
  runCommand,
} from "../editor/workbench.ts";
import { postgresqlServer, type TestServer } from "../support/database-servers.ts";
import { archiveStory, archiveWorkspace } from "./archive-story.ts";
import {
  diagramFolder,
  exampleFolder,
  fixtureFolder,
  matrixFolder,
  perlExtension,
  perlFolder,
  storiesFolder,
  trialsFolder,
  verifyFolder,
  viewsFolder,
} from "./bundle.ts";
import { diagramStory } from "./diagram-story.ts";
import { dryRunStory } from "./dry-run-story.ts";
import { editingStories } from "./editing-stories.ts";
import { matrixStory } from "./matrix-story.ts";
import { perlStory } from "./perl-story.ts";
import { releaseStory, repositoryBeside } from "./release-story.ts";
import { repositoriesStory } from "./repositories-story.ts";
import type { TestCounts } from "./run.ts";
import { boxBeside, boxSettings, shellSettings, systemsStory } from "./systems-story.ts";
import { trialsStory } from "./trials-story.ts";
import { serverName, verifyStory } from "./verify-story.ts";
import { viewsStory } from "./views-story.ts";

/** A picture for the one who looks at it. */
export type Shoot = (name: string) => Promise<void>;

export interface Scene {
  readonly page: Page;
  /** The folder that is open in the workbench. */
  readonly folder: string;
  readonly shoot: Shoot;
  /** A second workbench on the same folder, for a reader of German. */
  openGerman(): Promise<{ readonly page: Page; readonly shoot: Shoot }>;
}

export type Steps = readonly (readonly [name: string, act: (scene: Scene) => Promise<void>])[];

/** What a reader does, in this order; each step stands on those before. */
const steps: Steps = [
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
    "Bump Version raises the version",
    async ({ page }) => {
      await runCommand(page, "SOPM: Bump Version");
      await pickRow(page, "1.0.1 → 1.0.2").click();
      await line(page, "<Version>1.0.2</Version>").waitFor();
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

/** Steps in one folder. Those of `SOPM_BROWSER_PART` are played, if it is set. */
interface Part {
  readonly name: string;
  readonly steps: Steps;
  readonly folder: string;
  /** True when each step is a story of its own: one that fails does not end the others. */
  readonly apart?: boolean;
  /** Settings of the machine for this part; absent for those of all parts alone. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Drives the workbench with keyboard and mouse, the packed extension installed. Notifications are visible here. */
export async function runBrowserPass(installation: Installation, vsix: string): Promise<TestCounts> {
  const pictures = process.env.SOPM_SCREENSHOTS || mkdtempSync(join(tmpdir(), "sopm-screenshots-"));
  mkdirSync(pictures, { recursive: true });
  const isPlayed = (name: string) => name.includes(process.env.SOPM_BROWSER_PART ?? "");
  const server = isPlayed(verifyPart) ? await postgresqlServer() : undefined;
  const profile = new Profile({ "workbench.colorTheme": "Default Light Modern" });
  const box = boxBeside(profile);
  profile.setOnMachine(boxSettings(box));
  profile.addLanguage("de");
  // It is there for all parts: what we know ourselves comes first.
  profile.link(perlExtension);
  await profile.install(installation, vsix);
  const fixture = profile.copy(fixtureFolder);
  const example = profile.copy(exampleFolder);
  const stories = profile.copy(storiesFolder);
  cpSync(exampleFolder, join(stories, "AcmeContracts"), { recursive: true });
  const verified = profile.copy(verifyFolder);
  cpSync(matrixFolder, verified, { recursive: true });
  // A folder of its own: the sandbox of the story is the only one there.
  const shop = join(profile.folder, "ws", "shop");
  cpSync(viewsFolder, shop, { recursive: true });
  const systems = join(profile.folder, "ws", "systems");
  cpSync(join(viewsFolder, "AcmeBase"), systems, { recursive: true });
  const repository = repositoryBeside(profile);
  const archives = await archiveWorkspace(profile);
  // What SOPM keeps for its user is nothing of the one who runs the tests.
  const environment = { XDG_STATE_HOME: join(profile.folder, "state") };
  const editor = await startEditor(installation, profile, { environment });
  const browser = await launchBrowser(installation);
  const openFor = async (folder: string, locale: string) => {
    const page = await newPage(browser, locale);
    page.setDefaultTimeout(patience);
    const shoot = async (name: string) => {
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" });
    };
    await openWorkbench(page, editor, folder);
    return { page, shoot };
  };
  const play = async ({ name: part, steps, folder, apart, settings }: Part): Promise<TestCounts> => {
    if (!isPlayed(part) || steps.length === 0) return { passed: 0, failed: 0, skipped: steps.length };
    profile.setOnMachine({ ...boxSettings(box), ...settings });
    const { page, shoot } = await openFor(folder, "en");
    let latest = shoot;
    const openGerman = async () => {
      const opened = await openFor(folder, "de");
      latest = opened.shoot;
      return opened;
    };
    let [passed, failed] = [0, 0];
    for (const [name, act] of steps) {
      latest = shoot;
      try {
        await act({ page, folder, shoot, openGerman });
        passed++;
      } catch (error) {
        failed++;
        await latest(`failure-${part.replaceAll(" ", "-")}-${failed}`);
        const said = error instanceof Error ? error.stack : error;
        console.log(`FAILED ${name}\n    ${said}\n${editor.log().slice(-2_000)}`);
        if (!apart) break;
      }
    }
    await page.close();
    return { passed, failed, skipped: steps.length - passed - failed };
  };
  const parts: readonly Part[] = [
    { name: "first steps", steps, folder: fixture },
    { name: "dry run", steps: dryRunStory, folder: example },
    { name: "editing", steps: editingStories, folder: stories, apart: true },
    { name: "diagram", steps: diagramStory, folder: profile.copy(diagramFolder) },
    { name: "views", steps: viewsStory, folder: profile.copy(viewsFolder) },
    { name: "repositories", steps: repositoriesStory, folder: shop },
    { name: "matrix", steps: matrixStory, folder: profile.copy(matrixFolder) },
    {
      ...{ name: "trials", steps: trialsStory(box), folder: profile.copy(trialsFolder) },
      settings: shellSettings(box),
    },
    {
      name: verifyPart,
      steps: server ? verifyStory : [],
      folder: verified,
      // Who has a server is asked for it elsewhere, too, such as when a sandbox is made.
      settings: server ? { "sopm.databases": { [serverName]: settingOf(server) } } : {},
    },
    { name: "perl", steps: perlStory, folder: profile.copy(perlFolder) },
    { name: "systems", steps: systemsStory(box), folder: systems },
    { name: "release", steps: releaseStory(repository), folder: repository.folder },
    { name: "archive", steps: archiveStory, folder: archives },
  ];
  try {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const part of parts) {
      const { passed, failed, skipped } = await play(part);
      counts.passed += passed;
      counts.failed += failed;
      counts.skipped += skipped;
    }
    return counts;
  } finally {
    console.log(`        screenshots in ${pictures}`);
    await browser.close().catch(() => {});
    await editor.stop();
    profile.remove();
  }
}

const verifyPart = "verify";

/** As a user writes it. */
function settingOf({ settings: { name: _, at, ...others } }: TestServer) {
  return { ...others, ...at };
}

/** How long a busy machine may take for one thing that a reader would see at once; in milliseconds. */
const patience = 30_000;

const anySquiggle = ".squiggly-error, .squiggly-warning";

/** A dialog for a path puts its own proposal in a moment after it has opened, whatever was typed before. */
export async function inputEndsWith(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    `document.querySelector(".quick-input-widget input")?.value.endsWith(${JSON.stringify(text)})`,
  );
}

/** A line of the editor that holds this text; blanks are no-break spaces there. */
export function line(page: Page, text: string) {
  return page.locator(".view-line").filter({ hasText: text }).first();
}

export async function revert(page: Page): Promise<void> {
  await runCommand(page, "File: Revert File");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}

/** Messages stay until they are closed; the next one shall not be mistaken for the last. */
export async function closeNotifications(page: Page): Promise<void> {
  await runCommand(page, "Notifications: Clear All Notifications");
  await page.locator(".notification-toast").first().waitFor({ state: "detached" });
}
