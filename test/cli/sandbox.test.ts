import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { unflushedFiles } from "../../server/src/node/file-system.ts";
import { writeDataFile } from "../../server/src/sandbox/data-file.ts";
import { journalData, journalOf } from "../../server/src/sandbox/journal.ts";
import { SandboxFolder } from "../../server/src/sandbox/sandbox-folder.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

interface Work {
  readonly folder: string;
  readonly spec: string;
  readonly sandbox: string;
  /** Runs a command on the sandbox and gives what it printed; the command must end so. */
  run(words: readonly string[], code?: number): Promise<string>;
}

/** The good package and a sandbox without packages beside it. */
async function work(t: TestContext, ...create: string[]): Promise<Work> {
  const folder = temporaryFolder(t, goodPackage);
  const sandbox = join(folder, "system");
  const run = async ([command, ...words]: readonly string[], code = 0) => {
    const result = await runCli(["sandbox", command!, sandbox, ...words]);
    assert.equal(result.code, code, `${command}: ${result.stderr}${result.stdout}`);
    return result.stdout + result.stderr;
  };
  await run(["create", "--product", "Znuny 7.1.3", ...create]);
  return { folder, sandbox, spec: join(folder, "Acme.sopm"), run };
}

async function usage(words: readonly string[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runCli(["sandbox", ...words]);
  assert.equal(stdout, "");
  assert.match(stderr, message);
  assert.equal(code, 2);
}

test("the whole life of a package: install, damage, check, reinstall, upgrade, uninstall, undo, reset", async (t) => {
  const { run, spec, sandbox, folder } = await work(t);
  const file = join(sandbox, "home/Kernel/System/Acme.pm");
  const installed = await run(["install", spec]);
  assert.match(installed, /^Install Acme 1\.0\.0 on Znuny 7\.1\.3 with MariaDB\n/);
  assert.match(installed, /✓ Done, and no step failed\./);
  assert.equal(readFileSync(file, "utf8"), goodPackage["Kernel/System/Acme.pm"]);
  assert.match(await run(["check"]), /^✓ Acme 1\.0\.0\n$/);

  appendFileSync(file, "# local change\n");
  assert.match(
    await run(["check"], 1),
    /^✗ Acme 1\.0\.0\n {4}Kernel\/System\/Acme\.pm is not as the package has it\n$/,
  );
  await run(["reinstall", "Acme"]);
  assert.match(await run(["check", "Acme"]), /^✓/);

  const newer = join(folder, "Newer.sopm");
  appendFileSync(newer, goodSpec.replace("<Version>1.0.0", "<Version>1.1.0"));
  await run(["upgrade", newer]);
  assert.match(await run(["upgrade", newer], 1), /Znuny 7\.1\.3 refuses this; nothing was changed\./);
  assert.match(await run(["show"]), /Acme +1\.1\.0 +installed +Acme Inc\./);

  await run(["uninstall", "Acme-1.1.0"]);
  assert.ok(!existsSync(file));
  assert.match(await run(["undo"]), /as it was after operation 3\./);
  assert.ok(existsSync(file));
  assert.match(await run(["undo", "--to", "1"]), /as it was after operation 1\./);
  assert.match(await run(["show"]), /Acme +1\.0\.0 +installed/);
  await run(["reset"]);
  assert.ok(!existsSync(file));
  assert.match(await run(["undo"], 1), /There is nothing to undo/);
});

/** What somebody puts in the place of `Acme.pm` in the folder `System`, and what the check says of it. */
const replacements: Readonly<Record<string, readonly [put: (place: string) => void, told: RegExp]>> = {
  "a link to the same bytes": [
    (place) => {
      renameSync(place, `${place}.other`);
      symlinkSync("Acme.pm.other", place);
    },
    /Acme\.pm is a link, no file/,
  ],
  "a link to nowhere": [
    (place) => {
      rmSync(place);
      symlinkSync("/nowhere/at/all", place);
    },
    /Acme\.pm is a link, no file/,
  ],
  "a folder": [
    (place) => {
      rmSync(place);
      mkdirSync(place);
    },
    /Acme\.pm is a folder, no file/,
  ],
  "a pipe": [
    (place) => {
      rmSync(place);
      execFileSync("mkfifo", [place]);
    },
    /Acme\.pm is a device, a pipe or a socket, no file/,
  ],
  "a link around it": [
    (place) => {
      renameSync(dirname(place), `${dirname(place)}.other`);
      symlinkSync("System.other", dirname(place));
    },
    /Acme\.pm cannot be there, because Kernel\/System is no folder/,
  ],
};

if (process.platform === "win32") {
  console.log("left out: links and pipes, for which Windows wants special rights");
} else {
  for (const [name, [put, told]] of Object.entries(replacements)) {
    test(`the deploy check does not pass ${name} in the place of a file`, async (t) => {
      const { run, spec, sandbox } = await work(t);
      await run(["install", spec]);
      put(join(sandbox, "home/Kernel/System/Acme.pm"));
      assert.match(await run(["check"], 1), told);
      const { packages } = JSON.parse(await run(["check", "--format", "json"], 1));
      assert.equal(packages[0].isDeployed, false);
      // An uninstall says so too, and takes nothing away that is not the file.
      assert.match(
        await run(["uninstall", "Acme"], 1),
        /is no file but a folder, a link or a device|is a folder, and only files are removed/,
      );
      await run(["undo", "--to", "0"]);
    });
  }
}

test("a dry run on a sandbox sees what is there, and changes nothing", async (t) => {
  const { run, spec, sandbox } = await work(t);
  await run(["install", spec]);
  const before = await run(["show"]);
  const { code, stdout } = await runCli(["dry-run", "uninstall", spec, "--sandbox", sandbox]);
  assert.equal(code, 0);
  assert.match(stdout, /^Dry run: uninstall Acme 1\.0\.0 from Znuny 7\.1\.3/);
  assert.doesNotMatch(stdout, /no sandbox was named/);
  assert.equal(await run(["show"]), before);
});

test("a sandbox is made with archives in it, listed, shown as JSON, and cloned", async (t) => {
  const { folder } = await work(t);
  await runCli(["build", "--output", folder, join(folder, "Acme.sopm")]);
  const second = join(folder, "second");
  const archive = join(folder, "Acme-1.0.0.opm");
  const made = await runCli([
    ...["sandbox", "create", second, archive, "--product", "OTOBO 11.0.5", "--database", "postgresql"],
    ...["--name", "Second", "--vendor", "Acme Inc."],
  ]);
  // The package is for another framework.
  assert.match(made.stderr, /Acme-1\.0\.0\.opm” is not installed: /);
  assert.equal(made.code, 1);
  const third = join(folder, "third");
  const done = await runCli(["sandbox", "create", third, archive, "--product", "Znuny 7.1.3"]);
  assert.equal(done.stdout, `${third}: a sandbox that stands for Znuny 7.1.3.\n`);
  const list = await runCli(["sandbox", "list", folder, "--format", "json"]);
  const { sandboxes } = JSON.parse(list.stdout) as { sandboxes: { name: string; database: string }[] };
  assert.deepEqual(
    sandboxes.map(({ name, database }) => `${name} ${database}`),
    ["Second postgresql", "system mysql", "third mysql"],
  );
  const fourth = join(folder, "fourth");
  await runCli(["sandbox", "create", fourth, "--from", third]);
  const shown = JSON.parse((await runCli(["sandbox", "show", fourth, "--format", "json"])).stdout);
  assert.equal(shown.name, "fourth");
  assert.deepEqual(
    shown.packages.map(({ name, version }: { name: string; version: string }) => `${name} ${version}`),
    ["Acme 1.0.0"],
  );
  assert.equal(shown.operations.length, 1);
  // What the sandbox was made with stays when it is reset.
  await runCli(["sandbox", "uninstall", third, "Acme"]);
  await runCli(["sandbox", "reset", third]);
  assert.match((await runCli(["sandbox", "show", third])).stdout, /Acme +1\.0\.0 +installed/);
});

test("a damaged sandbox is listed with what is damaged, and dropped without being repaired", async (t) => {
  const { folder } = await work(t);
  const system = join(folder, "system");
  rmSync(join(system, "home"), { recursive: true });
  const said = `“home” in the sandbox “${system}” is damaged: it is missing.`;
  const { stdout } = await runCli(["sandbox", "list", folder]);
  assert.ok(stdout.startsWith("system  "), stdout);
  assert.ok(stdout.includes(said), stdout);
  const listed = JSON.parse((await runCli(["sandbox", "list", folder, "--format", "json"])).stdout);
  assert.equal(listed.sandboxes[0].problem, said);
  const dropped = await runCli(["sandbox", "drop", system]);
  assert.deepEqual([dropped.code, dropped.stderr], [0, ""]);
  assert.ok(!existsSync(system));
});

test("of a lock that keeps everybody out it is said how it is taken away", async (t) => {
  const { folder } = await work(t);
  const system = join(folder, "system");
  writeFileSync(join(system, "lock-1-abc"), "x");
  const { code, stdout } = await runCli(["sandbox", "verify", system]);
  assert.equal(code, 1);
  assert.match(stdout, /the lock lock-1-abc cannot be read/);
  const [, option = ""] = /sopm sandbox repair (--unlock) /.exec(stdout) ?? [];
  const repaired = await runCli(["sandbox", "repair", option, system]);
  assert.equal(repaired.code, 0, repaired.stderr);
});

test("a spec is installed and upgraded as the version that it is going to be released as", async (t) => {
  const { run, spec, folder } = await work(t);
  await run(["install", spec, "--version", "2.0.0"]);
  await run(["upgrade", spec, "--version", "2.1.0"]);
  assert.match(await run(["show"]), /Acme +2\.1\.0 +installed/);
  await run(["export", "Acme", "--output", join(folder, "out")]);
  assert.match(readFileSync(join(folder, "out", "Acme-2.1.0.opm"), "utf8"), /<Version>2\.1\.0<\/Version>/);
  for (const [words, said] of [
    [["install", spec, "--version", "2.x"], /“2\.x” is no version to build with/],
    [
      ["reinstall", "Acme", "--version", "2.1.0"],
      /“Acme” is installed and has its version; --version is for specs/,
    ],
    [
      ["install", join(folder, "out", "Acme-2.1.0.opm"), "--version", "3.0.0"],
      /is an archive and has its version/,
    ],
  ] as const) {
    assert.match(await run(words, 2), said);
  }
});

test("what an operation that was cut off has left on a server is told by whoever comes next", async (t) => {
  const { sandbox, run } = await work(t);
  const place = new SandboxFolder(sandbox, unflushedFiles);
  const nothing = { takes: [], removedFolders: [], folders: [], puts: [], news: [] };
  const journal = journalOf(nothing, {
    ...{ number: 1, kind: "install", subject: "Acme 1.0.0", archives: [], undone: [] },
    database: "sopm_box_1",
  });
  await writeDataFile(place, place.journal, journalData(journal));
  assert.match(
    await run(["show"]),
    /install Acme 1\.0\.0, was interrupted.* The database “sopm_box_1”, which it had begun to make/,
  );
});

test("the archive of a package comes out of a sandbox again", async (t) => {
  const { run, spec, folder } = await work(t);
  await run(["install", spec]);
  await run(["export", "Acme", "--output", join(folder, "out")]);
  const archive = join(folder, "out/Acme-1.0.0.opm");
  const again = await runCli(["dry-run", "install", archive]);
  assert.equal(again.code, 0, again.stderr);
});

test("all packages are brought up to date from a folder with an index", async (t) => {
  const { run, spec, folder } = await work(t);
  await run(["install", spec]);
  const repository = temporaryFolder(t, {
    ...goodPackage,
    "Acme.sopm": goodSpec.replace("<Version>1.0.0", "<Version>1.2.0"),
    "otrs.xml": `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package_list version="1.0">
<Package><Name>Acme</Name><Version>1.2.0</Version><Vendor>Acme Inc.</Vendor><Framework>7.1.x</Framework>
<File>/Acme-1.2.0.opm</File></Package>
</otrs_package_list>
`,
  });
  await runCli(["build", "--output", repository, join(repository, "Acme.sopm")]);
  const words = ["upgrade-all", "--repository", repository];
  assert.match(await run([...words, "--dry-run"]), /^✓ Acme is upgraded from 1\.0\.0 to 1\.2\.0\n$/);
  assert.match(await run(["show"]), /Acme +1\.0\.0/);
  await run(words);
  assert.match(await run(["show"]), /Acme +1\.2\.0/);
  assert.match(await run(words), /^✓ Acme 1\.2\.0 is up to date\n$/);
  assert.ok(existsSync(join(folder, "system/home/Kernel/System/Acme.pm")));
});

test("what makes no sense is wrong usage, and what the world refuses is told with advice", async (t) => {
  const { sandbox, folder, spec, run } = await work(t);
  await usage([], /“sopm sandbox” is followed by one of: create, list, show/);
  await usage(["constructor"], /“sopm sandbox” is followed by/);
  await usage(["create", join(folder, "x")], /Say what the sandbox stands for/);
  await usage(["create", join(folder, "x"), "--product", "Windows 95"], /is no product/);
  await usage(["install", sandbox], /Name the folder of a sandbox and one package/);
  await usage(["uninstall", sandbox, "Absent"], /“Absent” is neither a file nor a package/);
  await usage(["check", sandbox, "Absent"], /There is no package “Absent”/);
  await usage(["undo", sandbox, "--to", "last"], /--to takes the number/);
  await usage(["upgrade-all", sandbox], /knows no repository/);
  assert.match(await run(["create", "--product", "Znuny 7.1.3"], 1), /^sopm: .*system/);
  const absent = await runCli(["sandbox", "install", join(folder, "absent"), spec]);
  assert.match(absent.stderr, /^sopm: .*absent/);
  assert.equal(absent.code, 1);
});

test("a spec whose files are missing is not installed half", async (t) => {
  const { run, spec, folder } = await work(t);
  const base = temporaryFolder(t, {});
  assert.match(
    await run(["install", spec, "--base", base], 1),
    /because a file is missing: Kernel\/System\/Acme\.pm\. Nothing was changed\./,
  );
  assert.doesNotMatch(await run(["show"]), /Acme/);
  assert.ok(!existsSync(join(folder, "system/home/Kernel/System/Acme.pm")));
});
