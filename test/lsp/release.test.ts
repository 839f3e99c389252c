import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeWorld } from "../../server/src/node/world.ts";
import {
  type BegunReleases,
  begunReleasesRequest,
  type ReleaseOutcome,
  releaseRequest,
} from "../../server/src/protocol/release.ts";
import { GitRepository, smallSpec, testWithGit } from "../support/git-repository.ts";
import { memoryRecords } from "../support/memory-records.ts";
import { runHere } from "../support/run-here.ts";
import { serverInProcess } from "../support/server-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

testWithGit("an editor asks what a release would do, and has it done in trusted workspaces", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
  repository.commit({ "Kernel/System/Acme.pm": "2;\n" });
  const spec = join(repository.folder, "Acme.sopm");
  const before = readFileSync(spec, "utf8");
  for (const trusted of [false, true]) {
    const { client } = await serverInProcess(
      t,
      { ...nodeWorld(), records: memoryRecords() },
      { initializationOptions: { trusted } },
    );
    const send = (params: object) =>
      client.sendRequest<ReleaseOutcome>(releaseRequest.method, {
        ...{ uri: pathToFileURL(spec).href, action: "ask", tag: false, index: false, force: false },
        ...params,
      });
    const asked = await send({ raise: "major" });
    assert.equal(readFileSync(spec, "utf8"), before);
    if (!trusted) {
      assert.equal(asked.kind, "failed");
      continue;
    }
    assert.ok(asked.kind === "planned");
    assert.equal(asked.version, "2.0.0");
    assert.equal(asked.changeLog, "Day 2");
    assert.equal(asked.steps.length, 4);
    const refused = await send({});
    assert.ok(refused.kind === "planned");
    assert.ok(refused.objections.some((each) => each.startsWith("1.0.0 has been released already")));
    assert.equal((await send({ action: "undo" })).kind, "failed");
    const done = await send({ raise: "major", changeLog: "New.", action: "run" });
    assert.equal(done.kind, "released", JSON.stringify(done));
    assert.ok(existsSync(done.archive));
    assert.match(readFileSync(spec, "utf8"), />New\.<\/ChangeLog>/);
  }
});

testWithGit(
  "a release that stopped on the command line is told to an editor that has its folder",
  async (t) => {
    const state = process.env.XDG_STATE_HOME;
    t.after(() => {
      if (state === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = state;
    });
    process.env.XDG_STATE_HOME = temporaryFolder(t);
    const repository = new GitRepository(t);
    repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
    repository.commit({ "Kernel/System/Acme.pm": "2;\n" });
    const spec = join(repository.folder, "Acme.sopm");
    const folders = [pathToFileURL(repository.folder).href];
    const editor = async (trusted = true) => {
      const { client } = await serverInProcess(t, nodeWorld(), { initializationOptions: { trusted } });
      return (looked = folders) =>
        client.sendRequest<BegunReleases>(begunReleasesRequest.method, { folders: looked });
    };
    const none = { kind: "begun-releases", releases: [] };
    assert.deepEqual(await (await editor())(), none);

    // An index tells of all archives, and this one cannot be read.
    writeFileSync(join(repository.folder, "Bad-1.0.0.opm"), "nothing");
    const words = ["--version", "2.0.0", "--changelog", "New.", "--index", "--force", "--yes"];
    const stopped = await runHere(["release", spec, ...words]);
    assert.match(stopped.stderr, /The release stopped there/);

    const ask = await editor();
    const found = await ask();
    assert.ok(found.kind === "begun-releases");
    const [{ step, ...release } = { step: "" }, ...others] = found.releases;
    assert.deepEqual(others, []);
    assert.deepEqual(release, { uri: pathToFileURL(spec).href, name: "Acme", version: "2.0.0" });
    assert.match(step, /otrs\.xml/);
    assert.deepEqual(await ask([`${folders[0]}-other`, "untitled:Acme"]), none, "its folder is not open");
    assert.deepEqual(await (await editor(false))(), none);

    const [journal = ""] = await nodeWorld().records!.names();
    const text = (await nodeWorld().records!.read(journal))!;
    for (const [name, content] of [
      [journal, "{}"],
      [journal, "nothing"],
      [journal, JSON.stringify({ ...JSON.parse(text), format: 99 })],
      ["release-other", text],
    ] as const) {
      await nodeWorld().records!.remove(journal);
      await nodeWorld().records!.write(name, content);
      assert.deepEqual(await ask(), none, `${name}: ${content}`);
    }
    await nodeWorld().records!.write(journal, text);
    assert.equal((await runHere(["release", spec, "--undo", "--yes"])).code, 0);
    assert.deepEqual(await ask(), none);
  },
);
