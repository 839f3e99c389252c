import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type HostTestEvent, resultsVariable } from "./host-test-event.ts";
import type { Installation } from "./installation.ts";
import { Profile, remoteUri, startEditor, workbenchUrl } from "./served-editor.ts";
import { launchBrowser, newPage } from "./workbench.ts";

export interface HostTests {
  /** Folder of the extension under test. */
  readonly extension: string;
  /** The bundled module whose `run()` runs the tests. */
  readonly module: string;
  /** Folder to open; a copy of it is opened. */
  readonly folder: string;
  /** Variables for the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
}

/**
 * Runs a test module inside the extension host of the served editor.
 *
 * The address of the workbench names the module, the workbench has the extension host call its `run()`, and reports
 * the result to the page. What each test did comes through a file; both have to agree.
 *
 * @throws Error when the tests did not run to their end; the message says where the logs are
 */
export async function runHostTests(
  installation: Installation,
  tests: HostTests,
): Promise<readonly HostTestEvent[]> {
  const profile = new Profile();
  const results = join(profile.folder, "results.jsonl");
  writeFileSync(results, "");
  const folder = profile.copy(tests.folder);
  const editor = await startEditor(installation, profile, {
    automation: true,
    environment: { ...tests.environment, [resultsVariable]: results },
  });
  const browser = await launchBrowser(installation);
  let finished = false;
  try {
    const page = await newPage(browser);
    const outcome = exitCode(page, tests.timeoutMilliseconds ?? 120_000);
    const url = workbenchUrl(editor.host, folder, [
      ["extensionDevelopmentPath", remoteUri(editor.host, tests.extension)],
      ["extensionTestsPath", remoteUri(editor.host, tests.module)],
      ["skipWelcome", "true"],
    ]);
    await page.goto(url, { waitUntil: "domcontentloaded" });
    const code = await outcome;
    if (code instanceof Error)
      await page.screenshot({ path: join(profile.folder, "failure.png") }).catch(() => {});
    const events = readEvents(results);
    const end = events.find((event) => event.event === "end");
    if (code instanceof Error || !end || (code === 0) !== (end.failures === 0)) {
      const reason =
        code instanceof Error ? code.message : `the tests did not report their end (exit code ${code})`;
      throw new Error(`${reason}; logs are kept in ${profile.folder}\n${editor.log().slice(-4_000)}`);
    }
    finished = true;
    return events;
  } finally {
    await browser.close().catch(() => {});
    await editor.stop();
    if (finished) profile.remove();
  }
}

/** What the file of results holds. */
export function readEvents(file: string): HostTestEvent[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** The code that the workbench ends with once the test module has settled, or why there will be none. */
async function exitCode(page: Page, timeoutMilliseconds: number): Promise<number | Error> {
  return new Promise((resolve) => {
    const impatience = setTimeout(
      () => resolve(new Error(`no result after ${timeoutMilliseconds} ms`)),
      timeoutMilliseconds,
    );
    const settle = (result: number | Error) => {
      clearTimeout(impatience);
      resolve(result);
    };
    void page.exposeFunction("codeAutomationExit", settle);
    void page.exposeFunction("codeAutomationLog", () => {});
    page.on("crash", () => settle(new Error("the page crashed")));
    page.on("close", () => settle(new Error("the page closed")));
  });
}
