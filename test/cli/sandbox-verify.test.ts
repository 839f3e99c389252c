import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function box(t: TestContext) {
  const folder = temporaryFolder(t, goodPackage);
  await runCli(["build", "--output", folder, join(folder, "Acme.sopm")]);
  const path = join(folder, "box");
  await runCli(["sandbox", "create", path, "--product", "Znuny 7.1.3"]);
  await runCli(["sandbox", "install", path, join(folder, "Acme-1.0.0.opm")]);
  return { path, archive: join(folder, "Acme-1.0.0.opm") };
}

test("a sound sandbox is said to be so", async (t) => {
  const { path } = await box(t);
  const text = await runCli(["sandbox", "verify", path]);
  assert.deepEqual(text, { code: 0, stdout: "The sandbox is sound.\n", stderr: "" });
  const json = await runCli(["sandbox", "verify", path, "--format", "json"]);
  assert.deepEqual(JSON.parse(json.stdout), { folder: path, isSound: true, findings: [] });
});

test("a sandbox whose newest state is lost says what to do, and that does it", async (t) => {
  const { path } = await box(t);
  rmSync(join(path, "states/1.data"));
  for (const command of ["show", "check", "undo", "reset"]) {
    const { code, stderr } = await runCli(["sandbox", command, path]);
    assert.equal(code, 1, command);
    assert.match(stderr, /states\/1\.data.*it is missing\. Run “sopm sandbox repair” on it/);
  }
  const verified = await runCli(["sandbox", "verify", path]);
  assert.equal(verified.code, 1);
  assert.match(verified.stdout, /✗ states\/1\.data.*it is missing\n.*sopm sandbox repair /);
  const { code, stdout } = await runCli(["sandbox", "repair", path, "--format", "json"]);
  assert.equal(code, 0, stdout);
  const { isSound, steps, left } = JSON.parse(stdout);
  assert.equal(isSound, true);
  assert.deepEqual(left, []);
  assert.deepEqual(
    steps.map(({ outcome }: { outcome: string }) => outcome),
    ["lost", "lost", "kept"],
  );
  assert.equal((await runCli(["sandbox", "verify", path])).code, 0);
});

test("a changed archive is not exported; its own brings it back", async (t) => {
  const { path, archive } = await box(t);
  const stored = join(
    path,
    "archives",
    readdirSync(join(path, "archives")).find((name) => name.endsWith(".opm"))!,
  );
  writeFileSync(stored, readFileSync(stored, "utf8").replace("Acme", "Acmf"));
  const exported = await runCli(["sandbox", "export", path, "Acme", "--output", join(path, "../out")]);
  assert.equal(exported.code, 1);
  assert.match(exported.stderr, /missing or damaged.*sopm sandbox repair/);
  assert.ok(!existsSync(join(path, "../out/Acme-1.0.0.opm")));
  const verified = await runCli(["sandbox", "verify", path, "--language", "de"]);
  assert.match(verified.stdout, /das Archiv von Acme 1\.0\.0, ist nicht brauchbar: ihre Bytes haben sich/);
  const repaired = await runCli(["sandbox", "repair", path, archive]);
  assert.equal(repaired.code, 0, repaired.stdout);
  assert.match(repaired.stdout, /→ archives.*\n✓ The archive of Acme 1\.0\.0 comes from/);
  assert.equal((await runCli(["sandbox", "export", path, "Acme", "--output", join(path, "../out")])).code, 0);
});

test("a file that was changed by hand is told, and is not for a repair to bring back", async (t) => {
  const { path } = await box(t);
  const file = join(path, "home/Kernel/System/Acme.pm");
  appendFileSync(file, "# mine\n");
  for (const command of ["verify", "repair"]) {
    const { code, stdout } = await runCli(["sandbox", command, path]);
    assert.equal(code, 1);
    assert.match(stdout, /Acme\.pm is not as the package has it\n.*a reinstall brings the files back/);
  }
  assert.match(readFileSync(file, "utf8"), /# mine/);
});

test("what makes no sense is wrong usage", async (t) => {
  const { path } = await box(t);
  for (const words of [
    ["verify"],
    ["verify", path, path],
    ["repair"],
    ["repair", path, join(path, "absent.opm")],
    ["verify", path, "--unlock"],
  ]) {
    assert.equal((await runCli(["sandbox", ...words])).code, 2, words.join(" "));
  }
  const absent = await runCli(["sandbox", "repair", join(path, "absent")]);
  assert.equal(absent.code, 1);
  assert.match(absent.stderr, /There is no sandbox/);
  assert.ok(!existsSync(join(path, "absent")));
});
