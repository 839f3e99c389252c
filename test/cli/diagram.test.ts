import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { databaseText } from "../support/diagram-of.ts";
import { GitRepository, testWithGit } from "../support/git-repository.ts";
import { cliBundle, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const items = (more = "") =>
  `<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Type="BIGINT"/>${more}<ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall>`;
const files = {
  "Acme.sopm": databaseText(items('<Column Name="late" Type="DATE"/>')),
  "Acme-1.0.0.opm": databaseText(items(), "1.0.0"),
};

test("prints a picture, or writes it, in the colours that were asked for", async (t) => {
  const folder = temporaryFolder(t, files);
  const path = join(folder, "Acme.sopm");
  const { code, stdout, stderr } = await runCli(["diagram", path]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(SyntaxTree.parse(stdout).problems, []);
  assert.match(stdout, />acme<.*>own table<.*>users<.*>framework: Znuny 7\.1\.7</s);
  const output = join(folder, "acme.svg");
  const written = await runCli(["diagram", path, "--theme", "dark", "--output", output, "--language", "de"]);
  assert.deepEqual(written, { code: 0, stdout: "", stderr: "" });
  assert.match(readFileSync(output, "utf8"), />eigene Tabelle</);
});

test("prints text for Mermaid, of the spec or of an earlier version", async (t) => {
  const path = join(temporaryFolder(t, files), "Acme.sopm");
  const now = await runCli(["diagram", path, "--format", "mermaid"]);
  assert.equal(now.code, 0);
  assert.match(now.stdout, /^%% New is what version 1\.0\.0 does not have\.$/m);
  assert.match(now.stdout, /^ {8}DATE late "\+ new"$/m);
  const before = await runCli(["diagram", path, "--format", "mermaid", "--of", "1.0.0"]);
  assert.equal(before.code, 0);
  assert.doesNotMatch(before.stdout, /late/);
});

test("an archive is drawn as well", async (t) => {
  const path = join(temporaryFolder(t, files), "Acme-1.0.0.opm");
  const { code, stdout } = await runCli(["diagram", path, "--format=mermaid"]);
  assert.equal(code, 0);
  assert.match(stdout, /^%% Database tables of Acme 1\.0\.0$/m);
});

test("packages beside it are known by a folder", async (t) => {
  const other =
    '<DatabaseInstall><TableCreate Name="other"><Column Name="id" Type="DATE"/></TableCreate></DatabaseInstall>';
  const folder = temporaryFolder(t, {
    "Acme.sopm": databaseText(items().replaceAll("users", "other")),
    "all/Other.sopm": databaseText(other, "1.0.0", "Other"),
  });
  const words = ["diagram", join(folder, "Acme.sopm"), "--format=mermaid"];
  assert.match((await runCli(words)).stdout, /made elsewhere/);
  const { stdout } = await runCli([...words, "--packages-of", join(folder, "all")]);
  assert.match(stdout, /^ {4}"other"\["other · package: Other"\] \{$/m);
});

test("what cannot be drawn is said: a version that is not known, no package, no file", async (t) => {
  const folder = temporaryFolder(t, { ...files, "Bad.sopm": "<otrs_package><Name>Bad</Nam" });
  const run = (...words: string[]) => runCli(["diagram", ...words], {}, { cwd: folder });
  const version = await run("Acme.sopm", "--of", "0.9.0");
  assert.equal(version.code, 2);
  assert.match(version.stderr, /Of version 0\.9\.0 no tables are known\. Known versions: 1\.0\.0, 2\.0\.0\./);
  const bad = await run("Bad.sopm");
  assert.deepEqual([bad.code, bad.stdout], [1, ""]);
  assert.match(bad.stderr, /“Bad\.sopm” cannot be read as a package/);
  assert.equal((await run("Gone.sopm")).code, 2);
  assert.equal((await run()).code, 2);
  const unwritten = await run("Acme.sopm", "--output", "no/such/folder.svg");
  assert.equal(unwritten.code, 1);
  assert.match(unwritten.stderr, /cannot be written/);
});

test("what is shipped lays out by references, without the packages of a checkout", async (t) => {
  const folder = temporaryFolder(t, files);
  cpSync(dirname(cliBundle), join(folder, "dist"), { recursive: true });
  const words = ["diagram", join(folder, "Acme.sopm")];
  const { stdout } = await runCli(words, {}, { bundle: join(folder, "dist", "cli.js") });
  assert.match(stdout, />users</);
  assert.doesNotMatch(stdout, /in the order of the spec/);
});

testWithGit("versions that Git has are known as well, and archives of the same count before", async (t) => {
  const repository = new GitRepository(t);
  const column = (name: string) => items(`<Column Name="${name}" Type="DATE"/>`);
  repository.commit({ "Acme.sopm": databaseText(items(), "1.0.0") }, "v1.0.0");
  repository.commit({ "Acme.sopm": databaseText(column("tagged"), "1.1.0") }, "v1.1.0");
  repository.write({ "Acme.sopm": databaseText(column("late")) });
  const words = ["diagram", join(repository.folder, "Acme.sopm"), "--format=mermaid"];
  const now = await runCli(words);
  assert.match(now.stdout, /New is what version 1\.1\.0 does not have.*late "\+ new"/s);
  const before = await runCli([...words, "--of", "1.1.0"]);
  assert.match(before.stdout, /New is what version 1\.0\.0 does not have.*tagged "\+ new"/s);
  repository.write({ "Acme-1.1.0.opm": databaseText(column("packed"), "1.1.0") });
  assert.match((await runCli([...words, "--of", "1.1.0"])).stdout, /packed "\+ new"/);
});
