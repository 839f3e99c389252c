import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Runs the command line in a folder. */
function run(words: readonly string[], cwd: string) {
  return runCli(words, {}, { cwd });
}

/** A folder with the good package in it and these files beside it. */
function workspaceWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const inPackage = Object.entries(goodPackage).map(([path, text]) => [`pkg/${path}`, text]);
  return temporaryFolder(t, { ...Object.fromEntries(inPackage), ...files });
}

test("lint goes by the configuration, and options come before it", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": '{ "rules": { "file-not-found": "warning" } }',
    "pkg/Acme.sopm": goodSpec.replace("System/Acme.pm", "System/Other.pm"),
  });
  const configured = await run(["lint", "pkg", "--format", "unix"], cwd);
  assert.match(configured.stdout, /warning: .*\[file-not-found\]/);
  assert.equal(configured.code, 0);
  const option = ["lint", "pkg", "--format", "unix", "--rule", "file-not-found=error"];
  const optional = await run(option, cwd);
  assert.match(optional.stdout, /error: .*\[file-not-found\]/);
  assert.equal(optional.code, 1);
});

test("an editor that runs a command hands its settings over: behind configurations and before options", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": '{ "rules": { "file-not-found": "warning", "spec-multiple": "off" } }',
    "pkg/Acme.sopm": goodSpec.replace("System/Acme.pm", "System/Other.pm"),
  });
  const lintIn = (folder: string, settings: unknown, ...words: readonly string[]) =>
    runHere(
      ["lint", "pkg/Acme.sopm", "--format", "unix", ...words],
      { SOPM_SETTINGS: JSON.stringify(settings) },
      { cwd: folder },
    );
  const lint = (settings: unknown, ...words: readonly string[]) => lintIn(cwd, settings, ...words);
  const rules = { "file-not-found": "hint" };
  assert.match((await lint({ rules })).stdout, /hint: .*\[file-not-found\]/);
  const option = await lint({ rules }, "--rule", "file-not-found=error");
  assert.match(option.stdout, /error: .*\[file-not-found\]/);
  // Paths, and keys that mean specs, start at the workspace folder.
  const elsewhere = temporaryFolder(t, { "pkg/Acme.sopm": goodSpec, "src/Kernel/System/Acme.pm": "1;\n" });
  assert.match((await lintIn(elsewhere, {})).stdout, /base-folder-elsewhere/);
  for (const settings of [{ "build.baseFolder": "src" }, { baseFolder: { "pkg/*.sopm": "../src" } }])
    assert.equal((await lintIn(elsewhere, settings)).stdout, "", JSON.stringify(settings));
  const odd = await lint({ profile: "none", "build.mode": 7, nothing: true, database: "oracle" });
  assert.match(odd.stdout, /warning: .*\[file-not-found\]/, "what no setting takes is not said");
  const broken = await runHere(["lint", "pkg/Acme.sopm"], { SOPM_SETTINGS: "[" }, { cwd });
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /The variable SOPM_SETTINGS is no JSON object with settings\./);
});

test("a dry run and trials go by the settings of the editor", async (t) => {
  const cwd = workspaceWith(t, {});
  const settings = { productVersion: "Znuny 7.0.9", database: "postgresql" };
  const environment = { SOPM_SETTINGS: JSON.stringify(settings) };
  const dryRun = await runHere(["dry-run", "install", "pkg/Acme.sopm"], environment, { cwd });
  assert.match(dryRun.stdout, /on Znuny 7\.0\.9 with PostgreSQL/);
  const trials = await runHere(["test", "pkg/Acme.sopm", "--list"], environment, { cwd });
  assert.match(trials.stdout, /with PostgreSQL/);
});

test("each spec has the configuration that lies nearest", async (t) => {
  const bad = goodSpec.replace("System/Acme.pm", "System/Other.pm");
  const cwd = temporaryFolder(t, {
    ...{ "a/Acme.sopm": bad, "b/Acme.sopm": bad },
    "sopm.json": '{ "rules": { "file-not-found": "hint" } }',
    "b/sopm.json": '{ "rules": { "file-not-found": "off" } }',
  });
  const { stdout, code } = await run(["lint", ".", "--format", "unix"], cwd);
  assert.deepEqual(stdout.match(/^\S+?sopm(?=:)/gm), ["a/Acme.sopm"]);
  assert.equal(code, 0);
});

test("a slip in a configuration is an error in it, once, and the specs are checked all the same", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": '{\n  "profil": "strict"\n}',
    "pkg/Other.sopm": goodSpec.replace("Acme<", "Other<").replace("System/Acme.pm", "System/Other.pm"),
  });
  const { stdout, code } = await run(["lint", ".", "--format", "unix", "--rule", "spec-multiple=off"], cwd);
  assert.deepEqual(stdout.split("\n").slice(0, 2), [
    "sopm.json:2:3: error: There is no key “profil”. Did you mean “profile”? [configuration-wrong]",
    stdout.split("\n")[1],
  ]);
  assert.match(stdout, /Other\.sopm:.*\[file-not-found\]/);
  assert.equal(stdout.match(/configuration-wrong/g)?.length, 1);
  assert.equal(code, 1);
});

test("a configuration is checked by itself when it is named", async (t) => {
  const cwd = workspaceWith(t, { "shared.sopm.json": '{ "root": 1 }' });
  const { stdout, code } = await run(["lint", "shared.sopm.json", "--format", "unix"], cwd);
  assert.equal(
    stdout,
    "shared.sopm.json:1:11: error: The value of “root” is neither true nor false. It has no effect. [configuration-wrong]\n",
  );
  assert.equal(code, 1);
});

test("a configuration that is named beside its specs is told once", async (t) => {
  const cwd = workspaceWith(t, { "pkg/sopm.json": '{ "profil": "strict" }' });
  for (const order of [
    ["pkg/Acme.sopm", "pkg/sopm.json"],
    ["pkg/sopm.json", "pkg/Acme.sopm"],
  ]) {
    const { stdout } = await run(["lint", ...order, "--format", "unix"], cwd);
    assert.equal(stdout.match(/configuration-wrong/g)?.length, 1, order.join(" "));
  }
});

test("folders that a configuration passes over are not searched, and packages that it names are known", async (t) => {
  const requires = goodSpec.replace(
    "<Filelist>",
    '<PackageRequired Version="2.0.0">Base</PackageRequired><Filelist>',
  );
  const cwd = workspaceWith(t, {
    "pkg/Acme.sopm": requires,
    "old/Acme.sopm": "<nonsense",
    "known/Base.sopm": goodSpec.replaceAll("Acme", "Base"),
    "sopm.json": '{ "ignoredFolders": ["old", "known"], "knownPackages": ["known"], "simulation": "off" }',
  });
  const { stdout } = await run(["lint", ".", "--format", "unix"], cwd);
  assert.doesNotMatch(stdout, /^old|^known/m);
  assert.match(stdout, /Base/, "what is required is held to what is known");
});

test("what comes from standard input is held to the packages that the configuration of its place names", (t) => {
  const cwd = workspaceWith(t, {
    "pkg/sopm.json": '{ "knownPackages": ["../known"], "simulation": "off" }',
    "known/Base.sopm": goodSpec.replaceAll("Acme", "Base"),
  });
  const input = goodSpec.replace(
    "<Filelist>",
    '<PackageRequired Version="2.0.0">Base</PackageRequired><Filelist>',
  );
  const words = ["lint", "-", "--stdin-path", "pkg/Acme.sopm", "--format", "unix"];
  const { stdout } = spawnSync(process.execPath, [cliBundle, ...words], {
    ...{ cwd, input, encoding: "utf8", env: cliEnvironment() },
  });
  assert.match(stdout, /^pkg\/Acme\.sopm:.*Base/m);
});

test("build goes by the configuration", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": '{ "build.outputFolder": "out", "build.stampHost": "host.example" }',
    "out/README": "Archives",
  });
  const { code, stdout } = await run(["build", "pkg/Acme.sopm"], cwd);
  assert.equal(code, 0);
  assert.match(stdout, /out.Acme-1\.0\.0\.opm/);
  assert.ok(existsSync(join(cwd, "out/Acme-1.0.0.opm")));
});

test("the files of a package lie where the configuration says", async (t) => {
  const cwd = temporaryFolder(t, {
    "specs/Acme.sopm": goodSpec,
    "src/Kernel/System/Acme.pm": goodPackage["Kernel/System/Acme.pm"]!,
    "sopm.json": '{ "baseFolder": { "specs/*.sopm": "../src" } }',
  });
  const { stdout, code } = await run(["lint", "specs", "--format", "unix"], cwd);
  assert.equal(stdout, "");
  assert.equal(code, 0);
});

test("somebody else’s configuration has nothing written elsewhere, and no link followed", async (t) => {
  const outside = mkdtempSync(join(tmpdir(), "sopm-outside-"));
  t.after(() => rmSync(outside, { recursive: true }));
  const cwd = workspaceWith(t, {
    "sopm.json": JSON.stringify({ "build.outputFolder": outside, "build.allowSymlinks": true }),
  });
  const { code, stderr } = await run(["build", "pkg/Acme.sopm"], cwd);
  assert.equal(code, 0);
  assert.ok(!existsSync(join(outside, "Acme-1.0.0.opm")) && existsSync(join(cwd, "pkg/Acme-1.0.0.opm")));
  assert.match(stderr, /leads out of/);
  assert.match(stderr, /“build\.allowSymlinks” is not used/);
});

const scenarios = JSON.stringify({
  productVersion: "Znuny 7.0.1",
  scenarios: {
    Fresh: { operation: "install", productVersion: "Znuny 7.1.3", before: ["base/Base.sopm"] },
    Up: { operation: "upgrade", from: "0.9.0", database: "oracle" },
  },
});

test("a scenario says operation, system and what is installed before", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": scenarios,
    "base/Base.sopm": goodSpec.replaceAll("Acme", "Base"),
    "base/Kernel/System/Base.pm": "1;",
  });
  const fresh = await run(["dry-run", "--scenario", "Fresh", "pkg/Acme.sopm"], cwd);
  assert.match(fresh.stdout, /^Dry run: install Acme 1\.0\.0 on Znuny 7\.1\.3 with MariaDB/);
  assert.match(fresh.stdout, /Packages are installed before: Base 1\.0\.0\./);
  const up = await run(["dry-run", "--scenario", "Up", "--database", "postgresql", "pkg/Acme.sopm"], cwd);
  assert.match(
    up.stdout,
    /^Dry run: upgrade Acme from 0\.9\.0 to 1\.0\.0 on Znuny 7\.0\.1 with PostgreSQL/,
    "options come first, and what a scenario is silent about is as the settings have it",
  );
  const none = await run(["dry-run", "--scenario", "Down", "pkg/Acme.sopm"], cwd);
  assert.equal(none.code, 2);
  assert.equal(none.stderr, "sopm: There is no scenario “Down”. There are: Fresh, Up.\n");
});

test("config tells what holds, and which line says it", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": '{\n  "extends": "shared/base.json",\n  "rules": { "file-not-found": "off" }\n}',
    "shared/base.json": '{ "profile": "strict" }',
  });
  const { stdout, code } = await run(["config", "--show", "pkg/Acme.sopm"], cwd);
  assert.equal(code, 0);
  const lines = stdout.split("\n");
  assert.equal(
    lines[0],
    "Configurations; where they differ, the last one counts: shared/base.json, sopm.json",
  );
  const lineOf = (key: string) => lines.find((line) => line.startsWith(key))?.replace(/ {2,}/g, " | ");
  assert.equal(lineOf("profile"), 'profile | shared/base.json:1 | "strict"');
  assert.equal(lineOf("rules"), 'rules: file-not-found | sopm.json:3 | "off"');
  assert.equal(lineOf("dialect"), 'dialect | built in | "auto"');
  const json = await run(["config", "--show", "--format", "json", "pkg"], cwd);
  const { settings } = JSON.parse(json.stdout) as { settings: readonly { key: string }[] };
  assert.deepEqual(
    settings.find(({ key }) => key === "rules"),
    {
      ...{ key: "rules", part: "file-not-found", value: "off" },
      source: { kind: "file", path: "sopm.json", line: 3 },
    },
  );
});

test("config has to be told what to do, and ends with 1 where a configuration is wrong", async (t) => {
  const cwd = workspaceWith(t, { "sopm.json": "[]" });
  assert.equal((await run(["config"], cwd)).code, 2);
  const { code, stderr } = await run(["config", "--show"], cwd);
  assert.equal(code, 1);
  assert.match(stderr, /^sopm\.json:1:1: The configuration is no object/);
});

test("sandboxes stand for the system, and take files from the folder, that a configuration names", async (t) => {
  const cwd = workspaceWith(t, {
    "sopm.json": JSON.stringify({
      ...{ productVersion: "Znuny 7.1.3", database: "postgresql" },
      baseFolder: { "specs/*.sopm": "../pkg" },
      scenarios: {
        After: { operation: "install", before: ["specs/Acme.sopm"], productVersion: "Znuny 7.1.3" },
      },
    }),
    "specs/Acme.sopm": goodSpec,
    "other/Other.sopm": goodSpec.replaceAll("Acme", "Other"),
    "other/Kernel/System/Other.pm": "1;",
  });
  const made = await run(["sandbox", "create", "box", "specs/Acme.sopm"], cwd);
  assert.equal(made.stderr, "");
  assert.match(made.stdout, /stands for Znuny 7\.1\.3/);
  const { system } = await shown("box", cwd);
  assert.deepEqual(system, ["postgresql", ["Acme 1.0.0"]]);

  const other = await run(
    ["sandbox", "create", "my", "--product", "OTOBO 11.0.1", "--database", "oracle"],
    cwd,
  );
  assert.match(other.stdout, /stands for OTOBO 11\.0\.1/);
  const named = await run(["sandbox", "create", "z", "--product", "Znuny 7.1.2"], cwd);
  assert.equal(named.code, 0);
  assert.deepEqual(
    (await shown("z", cwd)).system,
    ["postgresql", []],
    "what options leave open is as it says",
  );
  for (const [command, ...more] of [["install"], ["reinstall"], ["is-installed"], ["add"]] as const) {
    const done = await run(["sandbox", command, "z", "specs/Acme.sopm", ...more], cwd);
    assert.equal(`${command} ${done.code} ${done.stderr}`, `${command} 0 `);
  }
  const elsewhere = await run(["sandbox", "reinstall", "z", "specs/Acme.sopm", "--base", "other"], cwd);
  assert.notEqual(elsewhere.code, 0);
  const after = await run(["dry-run", "--scenario", "After", "other/Other.sopm"], cwd);
  assert.equal(after.stderr, "");
  assert.match(after.stdout, /Packages are installed before: Acme 1\.0\.0\./);
  assert.equal(after.code, 0);
});

test("what is wrong with a configuration is told by commands for sandboxes as well", async (t) => {
  const cwd = workspaceWith(t, { "sopm.json": '{ "produktVersion": "Znuny 7.1.3" }' });
  const none = await run(["sandbox", "create", "box"], cwd);
  assert.equal(none.code, 2);
  assert.match(
    none.stderr,
    /^sopm\.json:1:3: There is no key “produktVersion”\. Did you mean “productVersion”/,
  );
  assert.match(none.stderr, /Say what the sandbox stands for/);
});

/** Database and packages of a sandbox. */
async function shown(folder: string, cwd: string) {
  const { stdout } = await run(["sandbox", "show", folder, "--format", "json"], cwd);
  const { database, packages } = JSON.parse(stdout);
  const names = packages.map(({ name, version }: { name: string; version: string }) => `${name} ${version}`);
  return { system: [database, names] };
}
