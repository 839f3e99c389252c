import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { GitRepository, smallSpec, testWithGit } from "../support/git-repository.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A package with a release behind it; notes about releases are kept in a folder of the test. */
function scene(t: TestContext) {
  const repository = new GitRepository(t);
  repository.git("config", "user.name", "Acme");
  repository.git("config", "user.email", "acme@acme.example");
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
  repository.commit({ "Kernel/System/Acme.pm": "2;\n" });
  const output = temporaryFolder(t);
  const state = temporaryFolder(t);
  const before = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = state;
  t.after(() => {
    if (before === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = before;
  });
  const spec = join(repository.folder, "Acme.sopm");
  const release = (...words: string[]) => runHere(["release", spec, "--output", output, ...words]);
  return { repository, output, spec, state, release };
}

testWithGit("a release is told first, and done with --yes", async (t) => {
  const { repository, output, spec, release } = scene(t);
  const before = readFileSync(spec, "utf8");
  const told = await release("--bump", "minor", "--tag");
  assert.equal(told.code, 0, told.stderr);
  assert.match(told.stdout, /^Acme 1\.1\.0, which was 1\.0\.0: nothing is done yet\. With --yes this is:\n/);
  assert.match(told.stdout, /Tag: v1\.1\.0\n/);
  assert.match(told.stdout, /The change log says: Day 2\n/);
  assert.equal(readFileSync(spec, "utf8"), before);
  assert.deepEqual(readdirSync(output), []);
  const done = await release("--bump", "minor", "--tag", "--changelog", "Counts to two.", "--yes");
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /Acme 1\.1\.0 is released\.\n$/);
  assert.match(readFileSync(spec, "utf8"), />Counts to two\.<\/ChangeLog>/);
  assert.equal(repository.git("tag", "-l"), "v1.0.0\nv1.1.0");
  const again = await release("--yes");
  assert.equal(again.code, 1);
  assert.match(again.stderr, /1\.1\.0 has been released already/);
});

testWithGit("an entry without a text is told once", async (t) => {
  const { release } = scene(t);
  const told = await release("--bump", "minor", "--changelog", "");
  assert.equal(told.code, 1);
  assert.match(told.stderr, /would be empty/);
  assert.doesNotMatch(told.stdout, /The change log says/);
});

testWithGit("a release that stopped goes on with the same command, or is taken back", async (t) => {
  const { repository, output, spec, release } = scene(t);
  const before = readFileSync(spec, "utf8");
  const words = ["--version", "2.0.0", "--changelog", "Other."];
  const folder = join(output, "otrs.xml");
  mkdirSync(folder);
  assert.match((await release(...words, "--index", "--yes")).stderr, /otrs\.xml” is no file/);
  rmdirSync(folder);
  // An index tells of all archives, and this one cannot be read.
  writeFileSync(join(output, "Bad-1.0.0.opm"), "nothing");
  const stopped = await release(...words, "--index", "--yes");
  assert.equal(stopped.code, 1);
  assert.match(stopped.stderr, /The release stopped there/);
  const asked = await release();
  assert.equal(asked.code, 1);
  assert.match(asked.stderr, /was begun and is not finished.*Index: .*otrs\.xml/);
  const other = await release("--version", "3.0.0", "--yes");
  assert.equal(other.code, 1);
  assert.match(other.stderr, /The release of Acme 2\.0\.0 was begun and is not finished.* before 3\.0\.0/);
  assert.equal(readFileSync(spec, "utf8").includes("2.0.0"), true);
  assert.match((await release("--version", "2.0.0", "--yes")).stderr, /The release stopped there/);
  const back = await release("--undo", "--yes");
  assert.equal(back.code, 0, back.stderr);
  assert.match(back.stdout, /The release of Acme 2\.0\.0 is taken back\./);
  assert.equal(readFileSync(spec, "utf8"), before);
  assert.deepEqual(readdirSync(output), ["Bad-1.0.0.opm"]);
  assert.equal(repository.git("status", "--porcelain"), "");
  assert.equal((await release("--undo")).code, 1);
});

testWithGit("doubts end a release unless it is forced, objections always do", async (t) => {
  const { repository, output, release } = scene(t);
  repository.write({ "Kernel/System/Acme.pm": "3;\n" });
  const words = ["--bump", "patch", "--changelog", "x", "--yes"];
  const refused = await release(...words);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /“Kernel\/System\/Acme\.pm” is not committed as it is/);
  assert.match(refused.stderr, /With --force it is all the same/);
  assert.deepEqual(readdirSync(output), []);
  writeFileSync(join(output, "Acme-1.0.1.cdx.json"), "");
  assert.equal((await release(...words, "--force")).code, 1);
  assert.deepEqual(readdirSync(output), ["Acme-1.0.1.cdx.json"]);
});

testWithGit("forced, it is released", async (t) => {
  const { repository, output, release } = scene(t);
  repository.write({ "Kernel/System/Acme.pm": "3;\n" });
  const { code, stdout } = await release("--bump", "patch", "--yes", "--force", "--format", "json");
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).state, "released");
  assert.ok(existsSync(join(output, "Acme-1.0.1.opm")));
});

testWithGit("words that do not go together are refused", async (t) => {
  const { release } = scene(t);
  assert.equal((await release("--bump", "minor", "--version", "2.0.0")).code, 2);
  assert.equal((await release("--bump", "huge")).code, 2);
  assert.equal((await release("--version", "new")).code, 2);
});

testWithGit("notes of a newer SOPM stay, and damaged ones are told and can be given up", async (t) => {
  const { output, spec, state, release } = scene(t);
  writeFileSync(join(output, "Bad-1.0.0.opm"), "nothing");
  const words = ["--version", "2.0.0", "--changelog", "Other.", "--index"];
  assert.match((await release(...words, "--yes")).stderr, /The release stopped there/);
  const begun = readFileSync(spec, "utf8");
  const [name = ""] = readdirSync(join(state, "sopm"));
  const notes = join(state, "sopm", name);
  const kept = readFileSync(notes, "utf8");

  const newer = kept.replace('"format":1', '"format":2');
  writeFileSync(notes, newer);
  for (const more of [[], words, [...words, "--yes"], ["--undo", "--yes"]]) {
    const refused = await release(...more);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /A release of “.*Acme\.sopm” was begun by a newer version of SOPM\. Go on/);
  }
  assert.equal(readFileSync(notes, "utf8"), newer);

  for (const damaged of [
    kept.slice(0, kept.length / 2),
    "[]",
    kept.replace(/"done":\[[^\]]*\],?/, ""),
    kept.replace('"build","digest"', '"build","destroy"'),
    kept.replace(/"archive":"[^"]*"/, '"archive":7'),
    kept.replace(/"time":\d+/, '"time":-1'),
    kept.replace('Acme.sopm"', 'Other.sopm"'),
  ]) {
    writeFileSync(notes, damaged);
    for (const more of [[], ["--yes"], words, ["--undo"]]) {
      const refused = await release(...more);
      assert.equal(refused.code, 1, damaged);
      assert.match(refused.stderr, /What is noted of a release of “.*Acme\.sopm” is damaged/);
    }
    assert.equal(readFileSync(notes, "utf8"), damaged);
  }
  const given = await release("--undo", "--yes");
  assert.equal(given.code, 1);
  assert.match(given.stderr, /is given up\. Nothing was taken back/);
  assert.equal(readFileSync(spec, "utf8"), begun);
  assert.match((await release("--undo", "--yes")).stderr, /There is nothing to take back/);
});
