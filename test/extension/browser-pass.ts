import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Installation } from "../editor/installation.ts";
import { Profile, startEditor } from "../editor/served-editor.ts";
import { launchBrowser, newPage, openWorkbench } from "../editor/workbench.ts";
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
import { firstStepsStory } from "./first-steps-story.ts";
import { matrixStory } from "./matrix-story.ts";
import { perlStory } from "./perl-story.ts";
import { releaseStory, repositoryBeside } from "./release-story.ts";
import { repositoriesStory } from "./repositories-story.ts";
import type { TestCounts } from "./run.ts";
import type { Steps } from "./scene.ts";
import { boxBeside, boxSettings, shellSettings, systemsStory } from "./systems-story.ts";
import { trialsStory } from "./trials-story.ts";
import { serverName, verifyStory } from "./verify-story.ts";
import { viewsStory } from "./views-story.ts";

/** Steps in one folder. */
interface Part {
  readonly name: string;
  readonly steps: Steps;
  readonly folder: string;
  /** True when each step is a story of its own: one that fails does not end the others. */
  readonly apart?: boolean;
  /** Settings of the machine for this part; absent for those of all parts alone. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What became of the steps of each part, by the name of the part. */
export type PartCounts = ReadonlyMap<string, TestCounts>;

/**
 * Drives the workbench with keyboard and mouse, the packed extension installed. Notifications are visible here.
 *
 * @param isPlayed whether the part of this name is played; the steps of others are counted as skipped
 */
export async function runBrowserPass(
  installation: Installation,
  vsix: string,
  isPlayed: (part: string) => boolean,
): Promise<PartCounts> {
  const pictures = process.env.SOPM_SCREENSHOTS || mkdtempSync(join(tmpdir(), "sopm-screenshots-"));
  mkdirSync(pictures, { recursive: true });
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
    { name: "first steps", steps: firstStepsStory, folder: fixture },
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
    const counts = new Map<string, TestCounts>();
    for (const part of parts) counts.set(part.name, await play(part));
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
