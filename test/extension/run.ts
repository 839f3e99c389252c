import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostTestEvent } from "../editor/host-test-event.ts";
import { runHostTests } from "../editor/host-tests.ts";
import { type Installation, installEditor } from "../editor/installation.ts";
import { type PartCounts, runBrowserPass } from "./browser-pass.ts";
import { bundleHostTests, extensionFolder, fixtureFolder } from "./bundle.ts";
import { runDesktopTests } from "./desktop.ts";

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** One line that says what was left out and why. */
  note?: string;
}

/**
 * Runs the tests of the built extension inside a real workbench: the desktop VS Code that VSCODE_EXECUTABLE names,
 * else the served workbench, else a desktop VS Code that can be downloaded. With SOPM_EDITOR_FLAVOR=min the served
 * workbench is the oldest that the manifest allows.
 */
export default async function runExtensionTests(): Promise<TestCounts> {
  if (process.env.VSCODE_EXECUTABLE) return runInDesktop("VSCODE_EXECUTABLE names a desktop VS Code");
  const flavor = process.env.SOPM_EDITOR_FLAVOR === "min" ? "min" : "latest";
  const installation = await installEditor(flavor, "test");
  if (typeof installation === "string") return runInDesktop(installation);
  const counts = await inServedWorkbench("tests in the editor", () => hostTests(installation));
  const browser = await inServedWorkbench("browser-driven pass", () => browserPass(installation));
  return sum([counts, browser]);
}

/** The browser pass is only for the served workbench; where there is no desktop either, one line says so. */
async function runInDesktop(reason: string): Promise<TestCounts> {
  try {
    const counts = countEvents(await runDesktopTests());
    return { ...counts, note: `The browser-driven pass was left out: ${reason}.` };
  } catch (error) {
    if (process.env.VSCODE_EXECUTABLE) throw error;
    const [message] = String(error instanceof Error ? error.message : error).split("\n");
    const note = `The extension tests were left out: ${reason}; no desktop VS Code either (${message}).`;
    return { passed: 0, failed: 0, skipped: 1, note };
  }
}

async function hostTests(installation: Installation): Promise<TestCounts> {
  return countEvents(
    await runHostTests(installation, {
      extension: extensionFolder,
      module: await bundleHostTests(),
      folder: fixtureFolder,
    }),
  );
}

/** Takes the packed extension, so that what the package leaves out is missed here. */
async function browserPass(installation: Installation): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), "sopm-vsix-"));
  try {
    const vsix = join(folder, "sopm.vsix");
    const packing = ["scripts/package.mjs", "--out", vsix];
    const { status, stdout, stderr } = spawnSync(process.execPath, packing, {
      cwd: extensionFolder,
      encoding: "utf8",
    });
    if (status !== 0 || /warning/i.test(stderr)) throw new Error(`packing complains:\n${stdout}${stderr}`);
    return await playTwiceAtMost((isPlayed) => runBrowserPass(installation, vsix, isPlayed));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** More than these are no accident. */
const mostPartsAgain = 2;

/**
 * Plays the parts that `SOPM_BROWSER_PART` names, all if it is not set. A part that fails is played a second time in a new
 * workbench, and that counts: on a busy machine the editor itself may lose a key. What failed first stays in the output.
 */
async function playTwiceAtMost(
  play: (isPlayed: (part: string) => boolean) => Promise<PartCounts>,
): Promise<TestCounts> {
  const first = await play((part) => part.includes(process.env.SOPM_BROWSER_PART ?? ""));
  const failed = [...first.keys()].filter((part) => first.get(part)!.failed > 0);
  if (failed.length === 0 || failed.length > mostPartsAgain) return sum([...first.values()]);
  console.log(`        once more, because a step failed: ${failed.join(", ")}`);
  const again = await play((part) => failed.includes(part));
  return sum([...first].map(([part, counts]) => (failed.includes(part) ? again.get(part)! : counts)));
}

function sum(counts: readonly TestCounts[]): TestCounts {
  const of = (kind: "passed" | "failed" | "skipped") => counts.reduce((total, each) => total + each[kind], 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

/** A workbench that breaks down is one failed test, not the end of all. */
async function inServedWorkbench(name: string, run: () => Promise<TestCounts>): Promise<TestCounts> {
  const start = performance.now();
  try {
    const counts = await run();
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.log(`  ${String(counts.passed).padStart(5)} passed  ${name} (${seconds} s)`);
    return counts;
  } catch (error) {
    console.log(`FAILED ${name}: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Counts what the tests reported, and prints what failed. */
export function countEvents(events: readonly HostTestEvent[]): TestCounts {
  for (const event of events) {
    if (event.event === "fail") console.log(`FAILED ${event.title}\n${event.error.replace(/^/gm, "    ")}`);
  }
  const count = (kind: HostTestEvent["event"]) => events.filter(({ event }) => event === kind).length;
  return { passed: count("pass"), failed: count("fail"), skipped: count("pending") };
}
