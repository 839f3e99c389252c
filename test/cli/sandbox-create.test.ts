import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { goodPackage } from "../support/cli-package.ts";
import { cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("a create that was killed can be repeated, and leaves nothing behind", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  await runCli(["build", "--output", folder, join(folder, "Acme.sopm")]);
  const parent = join(folder, "systems");
  mkdirSync(parent);
  const words = ["sandbox", "create", join(parent, "box"), join(folder, "Acme-1.0.0.opm")];
  words.push("--product", "Znuny 7.1.3");
  const child = spawn(process.execPath, [cliBundle, ...words], { env: cliEnvironment(), stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on("close", (_, signal) => resolve(signal));
  });
  // As soon as there is anything to be seen of it.
  const watcher = watch(parent, () => child.kill("SIGKILL"));
  assert.equal(await ended, "SIGKILL");
  watcher.close();
  assert.ok(!existsSync(join(parent, "box")));
  assert.equal(readdirSync(parent).length, 1);
  const list = await runCli(["sandbox", "list", parent]);
  assert.match(list.stdout, /There is no sandbox in/);
  const again = await runCli(words);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(readdirSync(parent), ["box"]);
  assert.match((await runCli(["sandbox", "show", join(parent, "box")])).stdout, /Acme +1\.0\.0 +installed/);
});

test("an archive that is refused is told without the name of the folder in the making", async (t) => {
  const folder = temporaryFolder(t, { "Acme.opm": "no archive" });
  const box = join(folder, "box");
  const words = ["sandbox", "create", box, join(folder, "Acme.opm"), "--product", "Znuny 7.1.3"];
  const { code, stderr } = await runCli(words);
  assert.equal(code, 1);
  assert.match(stderr, /Acme\.opm” is not installed/);
  assert.doesNotMatch(stderr, /sopm-new/);
});
