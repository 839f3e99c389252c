import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { notification, pickRow, runCommand } from "../editor/workbench.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { closeNotifications, type Steps } from "./scene.ts";

/** What is served under each path: for the whole story, as each of its steps leaves it. */
const served = new Map<string, string | Buffer>();

const offers = createServer(({ url = "" }, response) => {
  const content = served.get(url);
  if (content === undefined) response.writeHead(404).end();
  else response.end(content);
});

/** What an author does in the view of repositories, in this order; each step stands on those before. */
export const repositoriesStory: Steps = [
  [
    "a repository in the web is added to a sandbox, and its list is fetched",
    async ({ page, shoot }) => {
      const url = await serve();
      await openViews(page);
      await runCommand(page, "SOPM: Add Repository…");
      await notification(page, /There is no sandbox yet/)
        .getByText("New Sandbox")
        .click();
      await type(page, "Shop");
      await pickRow(page, "Znuny 7.1.x").click();
      await pickRow(page, "In the folder").click();
      await notification(page, /The sandbox “Shop” is made/).waitFor();
      await closeNotifications(page);
      const system = row(page, "Repositories", "Shop");
      await system.filter({ hasText: "no repository" }).waitFor();
      await shoot("repositories-empty");
      await runCommand(page, "SOPM: Remove Repository…");
      await notification(page, /No repository was added to a sandbox/).waitFor();
      await shoot("repositories-none");
      await closeNotifications(page);
      await action(system, "Add Repository…");
      await pickRow(page, "Address in the Web…").click();
      await type(page, url, "Address in the Web…");
      await type(page, "Ours", "Name of the Repository");
      await type(page, "Acme", "Vendor");
      const repository = row(page, "Repositories", "Ours");
      await repository.filter({ hasText: "2 packages" }).waitFor();
      await expand(repository);
      await row(page, "Repositories", "Top").filter({ hasText: "not installed" }).waitFor();
      await shoot("repositories-offers");
    },
  ],
  [
    "what is not offered is listed with the reason when somebody asks",
    async ({ page, shoot }) => {
      await pane(page, "Repositories").hover();
      await page.getByRole("button", { name: "Show What Is Not Offered" }).click();
      const hidden = pane(page, "Repositories").getByText("Version 1.1.0 is offered, which is newer.");
      await hidden.waitFor();
      await shoot("repositories-hidden");
      await page.getByRole("button", { name: "Hide What Is Not Offered" }).click();
      await hidden.waitFor({ state: "detached" });
      // The view is read anew, and a row that is not there yet has no buttons.
      await row(page, "Repositories", "Top").waitFor();
    },
  ],
  [
    "a package is installed by its name with what it requires, whose order is shown first",
    async ({ page, shoot }) => {
      await action(row(page, "Repositories", "Top"), "Install from Repository…");
      await pickRow(page, "1. Base 1.0.0").waitFor();
      // Who leaves it at that has changed nothing.
      await page.keyboard.press("Escape");
      await runCommand(page, "SOPM: Install from Repository…");
      await pickRow(page, "Top").waitFor();
      await shoot("repositories-names");
      await type(page, "Top");
      await pickRow(page, "1. Base 1.0.0").waitFor();
      await pickRow(page, "2. Top 1.1.0").waitFor();
      await shoot("repositories-order");
      await pickRow(page, "Apply").click();
      await notification(page, /Done in the sandbox “Shop”.*Top 1\.1\.0 is installed/).waitFor();
      await closeNotifications(page);
      await row(page, "Repositories", "Top").filter({ hasText: "installed" }).waitFor();
      await expand(row(page, "Sandboxes", "Shop"));
      await row(page, "Sandboxes", "Base").filter({ hasText: "1.0.0" }).waitFor();
      await shoot("repositories-installed");
    },
  ],
  [
    "updating all says which edge keeps a package from it",
    async ({ page, shoot }) => {
      const index = String(served.get("/otrs.xml"));
      served.set("/otrs.xml", index.replace(/<Package>\s*<Name>Base<[\s\S]*?<\/Package>/, ""));
      await runCommand(page, "SOPM: Update All Packages…");
      const failure = page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: "NotFound" });
      await failure.filter({ hasText: "requires “Base”, which no repository offers" }).first().waitFor();
      await shoot("repositories-failing-edge");
      await page.keyboard.press("Escape");
      served.set("/otrs.xml", index);
    },
  ],
  [
    "the archive of an offer is shown",
    async ({ page, shoot }) => {
      await action(row(page, "Repositories", "Base"), "Show Archive of Offer");
      await page.locator(".pane-header[aria-label^='Archive']").waitFor();
      await page.locator(".sidebar .monaco-list-row").filter({ hasText: "Base.sopm" }).first().waitFor();
      await shoot("repositories-archive");
    },
  ],
  [
    "who reads German in high contrast goes there by keyboard alone",
    async ({ openGerman, folder }) => {
      mkdirSync(join(folder, ".vscode"), { recursive: true });
      const theme = { "workbench.colorTheme": "Default High Contrast" };
      writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify(theme));
      const { page, shoot } = await openGerman();
      await openViews(page);
      await row(page, "Repositorys", "Shop").waitFor();
      await runCommand(page, "SOPM: Listen der Repositorys holen");
      await row(page, "Repositorys", "Ours").filter({ hasText: "2 Pakete" }).waitFor();
      await runCommand(page, "SOPM: Focus on Repositorys View");
      // The sandbox, the vendor, the repository.
      for (const key of ["Home", "ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
      await row(page, "Repositorys", "Top").waitFor();
      await shoot("repositories-german");
    },
  ],
];

/** Builds Base, and Top, which requires it, in two versions, and serves them to this computer. */
async function serve(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sopm-offers-"));
  const required = '    <PackageRequired Version="1.0.0">Base</PackageRequired>\n';
  const archives = [
    ["Base", "1.0.0", ""],
    ["Top", "1.0.0", required],
    ["Top", "1.1.0", required],
  ] as const;
  mkdirSync(join(folder, "Kernel/System"), { recursive: true });
  const output = join(folder, "offers");
  mkdirSync(output);
  for (const [path, content] of Object.entries(goodPackage)) writeFileSync(join(folder, path), content);
  for (const [name, version, more] of archives) {
    const spec = goodSpec
      .replace("<Name>Acme<", `<Name>${name}<`)
      .replace("<Version>1.0.0", `<Version>${version}`)
      .replace("    <Vendor>", `${more}    <Vendor>`)
      .replace("Acme.pm", `${name}.pm`);
    writeFileSync(join(folder, `${name}.sopm`), spec);
    writeFileSync(join(folder, `Kernel/System/${name}.pm`), `package Kernel::System::${name};\n1;\n`);
    await runCli(["build", "--no-simulation", "--output", output, join(folder, `${name}.sopm`)]);
    const file = `${name}-${version}.opm`;
    served.set(`/${file}`, readFileSync(join(output, file)));
  }
  served.set("/otrs.xml", (await runCli(["index", output])).stdout);
  await new Promise<void>((resolve) => offers.listen(0, "127.0.0.1", resolve));
  // It ends with the tests.
  offers.unref();
  return `http://127.0.0.1:${(offers.address() as AddressInfo).port}`;
}

async function openViews(page: Page): Promise<void> {
  await page.locator(".activitybar .action-item .action-label[aria-label^='SOPM']").click();
}

function pane(page: Page, title: string): Locator {
  return page.locator(".sidebar .pane").filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) });
}

/** A row of one of the views in the side bar. */
function row(page: Page, title: string, name: string): Locator {
  return pane(page, title)
    .locator(".monaco-list-row")
    .filter({ has: page.locator(".label-name").getByText(name, { exact: true }) })
    .first();
}

/** Presses one of the buttons that a row has. */
async function action(of: Locator, name: string): Promise<void> {
  await of.hover();
  await of.getByRole("button", { name }).click();
}

async function expand(of: Locator): Promise<void> {
  await of.waitFor();
  if ((await of.getAttribute("aria-expanded")) !== "true") await of.locator(".monaco-tl-twistie").click();
}

/** @param title of the box, where another one was open before */
async function type(page: Page, text: string, title = ""): Promise<void> {
  if (title !== "") await page.locator(".quick-input-title").getByText(title).waitFor();
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.waitFor();
  await input.fill(text);
  await input.press("Enter");
}
