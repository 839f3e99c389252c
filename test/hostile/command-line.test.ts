import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileList, hostilePackage } from "../support/hostile-package.ts";
import { type CliResult, runCli } from "../support/run-cli.ts";
import { runHere } from "../support/run-here.ts";
import { snapshotOf } from "../support/snapshot-of.ts";
import { plantSurroundings } from "../support/surroundings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { assertHarmless, invisible } from "../support/untrusted-html.ts";

const nasty = "\u202e\u009b31m&lt;script&gt;alert(1)&lt;/script&gt;";
const archive = hostilePackage(
  `<DatabaseInstall Type="post"><TableCreate Name="t${nasty}"><Column Name="id" Type="INTEGER"/></TableCreate></DatabaseInstall>${fileList("../../precious.txt", "/etc/escape", "x".repeat(300), "Kernel/Acme.pm")}`,
  `Acme/../${nasty}`,
  "1.0.0",
);

/** Ends as documented, says nothing that a terminal obeys, and never that the program is at fault. */
function assertWellBehaved(
  { code, stdout, stderr }: CliResult,
  expected: readonly number[],
  words: string,
): void {
  assert.ok(expected.includes(code ?? -1), `${words} ended with ${code}: ${stderr}`);
  for (const text of [stdout, stderr]) assert.doesNotMatch(text, invisible, words);
  assert.doesNotMatch(stderr, /should not|\n\s+at /, words);
  if (code === 2 || (code === 1 && stdout === "" && !words.includes("report.html")))
    assert.match(stderr, /^sopm: .{20,}/, words);
}

test("no command is led out of its folders by a package", async (context) => {
  const root = temporaryFolder(context);
  plantSurroundings(root);
  const work = join(root, "work");
  mkdirSync(join(work, "repository"), { recursive: true });
  writeFileSync(join(work, "Acme.opm"), archive);
  writeFileSync(join(work, "repository/Acme.opm"), archive);
  const before = snapshotOf(root, ["work"]);
  const name = `Acme/../\u202e\u009b31m<script>alert(1)</script>`;
  const calls: readonly (readonly [words: readonly string[], codes: readonly number[]])[] = [
    [["dry-run", "install", "Acme.opm"], [1]],
    [["dry-run", "upgrade", "Acme.opm", "--from", "0.9.0", "--format", "markdown"], [1]],
    [["dry-run", "reinstall", "Acme.opm", "--format", "junit"], [1]],
    [
      ["dry-run", "uninstall", "Acme.opm", "--format", "json"],
      [0, 1],
    ],
    [["dry-run", "install", "Acme.opm", "--format", "html", "--output", "report.html"], [1]],
    [["dry-run", "install", "Acme.opm", "--output", "/nowhere/at/all"], [1]],
    [["sql", "--operation", "install", "--format", "json", "Acme.opm"], [0]],
    [["index", "repository"], [1]],
    [["sandbox", "create", "box", "--product", "Znuny 7.1.3"], [0]],
    [["sandbox", "install", "box", "Acme.opm"], [1]],
    [["sandbox", "show", "box"], [0]],
    [["sandbox", "show", "box", "--format", "json"], [0]],
    [["sandbox", "list", "."], [0]],
    [
      ["sandbox", "check", "box"],
      [0, 1],
    ],
    [
      ["sandbox", "check", "box", "--format", "json"],
      [0, 1],
    ],
    [["sandbox", "export", "box", name, "--output", "out"], [0]],
    [["sandbox", "export", "box", name, "--output", "Acme.opm"], [1]],
    [["sandbox", "reinstall", "box", name], [1]],
    [["sandbox", "upgrade", "box", "Acme.opm", "--force"], [1]],
    [
      ["sandbox", "uninstall", "box", name],
      [0, 1],
    ],
    [
      ["sandbox", "undo", "box", "--to", "99999999999999999999"],
      [1, 2],
    ],
    [
      ["sandbox", "undo", "box", "--to", "../0"],
      [1, 2],
    ],
    [["sandbox", "reset", "box"], [0]],
    [["sandbox", "install", "../outside", "Acme.opm"], [1]],
    [
      ["sandbox", "install", "box", "/dev/zero"],
      [1, 2],
    ],
    [["sandbox", "create", "../outside", "--product", "Znuny 7.1.3"], [1]],
    [["sandbox", "create", "\u001b[2J/../../outside/x", "--product", "Znuny 7.1.\u001b[2J"], [2]],
  ];
  for (const [words, codes] of calls) {
    const result = await runHere(words, {}, { cwd: work });
    assertWellBehaved(result, codes, words.join(" "));
    assert.deepEqual(snapshotOf(root, ["work"]), before, words.join(" "));
  }
  assertHarmless(readFileSync(join(work, "report.html"), "utf8"));
});

test("a repository cannot lead a sandbox to files outside, nor keep it waiting", {
  skip: process.platform === "win32",
}, async (context) => {
  const root = temporaryFolder(context);
  plantSurroundings(root);
  writeFileSync(join(root, "secret.opm"), hostilePackage("", "Secret", "9.0.0"));
  const entry = (file: string) =>
    `<Package><Name>Acme</Name><Version>9.0.0</Version><Vendor>v</Vendor><Framework>7.1.x</Framework><File>${file}</File></Package>`;
  const index = (file: string) =>
    `<?xml version="1.0"?><otrs_package_list version="1.0">${entry(file)}</otrs_package_list>`;
  const before = snapshotOf(root, ["work"]);
  const work = join(root, "work");
  mkdirSync(work);
  const run = (...words: string[]) => runCli(["sandbox", ...words], {}, { cwd: work });
  writeFileSync(join(work, "Acme.opm"), hostilePackage("", "Acme", "1.0.0"));
  assert.equal((await run("create", "box", "Acme.opm", "--product", "Znuny 7.1.3")).code, 0);
  for (const [number, file] of [
    "../../secret.opm",
    "/../secret.opm",
    "link.opm",
    "pipe.opm",
    "%2e%2e/x",
  ].entries()) {
    const repository = join(work, `repository-${number}`);
    mkdirSync(repository);
    writeFileSync(join(repository, "otrs.xml"), index(file));
    symlinkSync("../../secret.opm", join(repository, "link.opm"));
    execFileSync("mkfifo", [join(repository, "pipe.opm")]);
    const result = await run("upgrade-all", "box", "--repository", repository);
    assertWellBehaved(result, [0, 1], file);
    assert.doesNotMatch(result.stdout, /is upgraded|Secret/);
  }
  const waiting = join(work, "waiting");
  mkdirSync(waiting);
  execFileSync("mkfifo", [join(waiting, "otrs.xml")]);
  execFileSync("mkfifo", [join(waiting, "pipe.opm")]);
  assertWellBehaved(await run("upgrade-all", "box", "--repository", waiting), [0, 1], "a pipe as an index");
  for (const words of [
    ["index", waiting],
    ["index", "--check", waiting],
  ]) {
    assertWellBehaved(await runCli(words), [0, 1], words.join(" "));
  }
  assert.deepEqual(snapshotOf(root, ["work"]), before);
});
