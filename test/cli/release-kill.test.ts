import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { GitRepository, smallSpec, testWithGit } from "../support/git-repository.ts";
import { type CliResult, cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Loaded before the program, which dies of it. */
const killer = join(import.meta.dirname, "../support/kill-at-rename.cjs");

interface Kill {
  /** The number of the rename, from 1. */
  readonly at: number;
  readonly moment: "before" | "after";
  /** What the name of the file has in it. */
  readonly name: string;
}

interface Scene {
  readonly release: (...words: readonly string[]) => Promise<CliResult>;
  /** Whether the process died; false where the release was done before. */
  readonly killed: (kill: Kill) => Promise<boolean>;
  /** All that a release may change, and all that it might leave behind. */
  readonly state: () => unknown;
  readonly assertReleased: () => void;
}

function scene(t: TestContext): Scene {
  const repository = new GitRepository(t);
  repository.git("config", "user.name", "Acme");
  repository.git("config", "user.email", "acme@acme.example");
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
  repository.commit({ "Kernel/System/Acme.pm": "2;\n" });
  const output = temporaryFolder(t);
  writeFileSync(join(output, "otrs.xml"), '<otrs_package_list version="1.0">\n</otrs_package_list>\n');
  const environment = { XDG_STATE_HOME: temporaryFolder(t) };
  const spec = join(repository.folder, "Acme.sopm");
  const words = ["release", spec, "--output", output];
  const filesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => !name.startsWith(".git/") && !name.startsWith("Kernel"))
      .sort();
  return {
    release: (...more) => runCli([...words, ...more], environment),
    killed: ({ at, moment, name }) =>
      new Promise((resolve, reject) => {
        const all = [...words, "--bump", "minor", "--tag", "--yes"];
        spawn(process.execPath, ["--require", killer, cliBundle, ...all], {
          stdio: "ignore",
          env: cliEnvironment({
            ...environment,
            ...{ SOPM_KILL_AT: String(at), SOPM_KILL_MOMENT: moment, SOPM_KILL_NAME: name },
          }),
        })
          .on("error", reject)
          .on("close", (_code, signal) => resolve(signal === "SIGKILL"));
      }),
    state: () => [
      repository.git("log", "--format=%H %s"),
      repository.git("tag", "-l"),
      repository.git("status", "--porcelain"),
      filesIn(repository.folder),
      // What a run has begun to note stays in a folder of the program until the next one writes there.
      filesIn(environment.XDG_STATE_HOME).filter((name) => /json$/.test(name)),
      filesIn(output).map((name) => [name, readFileSync(join(output, name), "utf8")]),
      readFileSync(spec, "utf8"),
    ],
    assertReleased() {
      assert.equal(repository.git("log", "--format=%s"), "Acme 1.1.0\nDay 2\nDay 1");
      assert.equal(repository.git("rev-parse", "v1.1.0^{commit}"), repository.git("rev-parse", "HEAD"));
      assert.equal(repository.git("status", "--porcelain"), "");
      assert.equal(
        repository.git("show", "HEAD:Acme.sopm"),
        readFileSync(spec, "utf8").trimEnd(),
        "the commit has the spec as it is",
      );
      const archive = "Acme-1.1.0.opm";
      assert.deepEqual(filesIn(output), ["Acme-1.1.0.cdx.json", archive, `${archive}.sha256`, "otrs.xml"]);
      const digest = createHash("sha256")
        .update(readFileSync(join(output, archive)))
        .digest("hex");
      assert.equal(readFileSync(join(output, `${archive}.sha256`), "utf8"), `${digest}  ${archive}\n`);
      JSON.parse(readFileSync(join(output, "Acme-1.1.0.cdx.json"), "utf8"));
      assert.match(readFileSync(join(output, "otrs.xml"), "utf8"), /<Version>1\.1\.0<\/Version>/);
      assert.deepEqual(filesIn(environment.XDG_STATE_HOME), ["sopm"], "no journal is left");
    },
  };
}

/** The journal is written before the first step and behind each, seven of them. */
const journalWrites = 8;

for (let at = 1; at <= journalWrites; at++) {
  testWithGit(
    `a release whose process is killed when it has noted ${at - 1} of its steps is whole or gone`,
    async (t) => {
      assert.ok(await goneOrWhole(t, { at, moment: "after", name: "release-" }));
    },
  );
}

for (const name of ["Acme.sopm", "Acme-1.1.0.opm"]) {
  testWithGit(`nothing stays of ${name} where the process is killed before it takes its name`, async (t) => {
    assert.ok(await goneOrWhole(t, { at: 1, moment: "before", name }));
  });
}

if (process.env.SOPM_FULL === "1") {
  test("a release whose process is killed before and after any file takes its name is whole or gone", async (t) => {
    for (const moment of ["before", "after"] as const) {
      for (let at = 1; await goneOrWhole(t, { at, moment, name: "" }); at++);
    }
  });
}

/** Kills a release, and takes it back; kills it once more, and goes on. @returns whether it was killed at all */
async function goneOrWhole(t: TestContext, kill: Kill): Promise<boolean> {
  const { killed, release, state, assertReleased } = scene(t);
  const before = state();
  if (!(await killed(kill))) return false;
  // A process that is killed before it has noted anything has not begun, and one that dies of something else is done.
  const { stderr } = await release();
  if (stderr.includes("1.1.0 has been released already")) {
    assertReleased();
    return true;
  }
  if (stderr.includes("was begun and is not finished")) {
    const back = await release("--undo", "--yes");
    assert.equal(back.code, 0, back.stderr);
  }
  assert.deepEqual(state(), before, `taken back, ${JSON.stringify(kill)}`);
  assert.ok(await killed(kill));
  const done = await release("--bump", "minor", "--tag", "--yes");
  assert.equal(done.code, 0, done.stderr);
  assertReleased();
  return true;
}
