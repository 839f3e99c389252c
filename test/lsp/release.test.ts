import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeWorld } from "../../server/src/node/world.ts";
import { type ReleaseOutcome, releaseRequest } from "../../server/src/protocol/release.ts";
import { GitRepository, smallSpec, testWithGit } from "../support/git-repository.ts";
import { memoryRecords } from "../support/memory-records.ts";
import { serverInProcess } from "../support/server-in-process.ts";

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
