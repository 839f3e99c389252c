import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { type HostTestEvent, resultsVariable } from "../editor/host-test-event.ts";
import { readEvents } from "../editor/host-tests.ts";
import { bundleHostTests, extensionFolder, fixtureFolder } from "./bundle.ts";

/**
 * Runs the very same tests inside desktop VS Code: the one VSCODE_EXECUTABLE names, else a downloaded one.
 *
 * @throws Error when there is none, or when it does not run the tests to their end
 */
export async function runDesktopTests(): Promise<readonly HostTestEvent[]> {
  const cachePath = join(
    process.env.SOPM_EDITOR_CACHE || join(homedir(), ".cache", "sopm-editor"),
    "desktop",
  );
  const vscodeExecutablePath =
    process.env.VSCODE_EXECUTABLE ||
    (await downloadAndUnzipVSCode({ cachePath, extensionDevelopmentPath: extensionFolder }));
  // The real path, since the editor compares paths by their letters.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sopm-")));
  const results = join(folder, "results.jsonl");
  writeFileSync(results, "");
  cpSync(fixtureFolder, join(folder, "ws", "fixture"), { recursive: true });
  try {
    const failure = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: extensionFolder,
      extensionTestsPath: await bundleHostTests(),
      launchArgs: [
        join(folder, "ws", "fixture"),
        ...["--disable-extensions", "--disable-workspace-trust", "--skip-welcome", "--skip-release-notes"],
        ...["--user-data-dir", join(folder, "data")],
      ],
      extensionTestsEnv: { [resultsVariable]: results },
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    const events = readEvents(results);
    if (!events.some(({ event }) => event === "end")) throw failure ?? new Error("no test was run");
    return events;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
