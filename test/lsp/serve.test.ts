import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { serverWorld } from "../../server/src/node/world.ts";
import { type ServeResult, serveRequest, stopServingRequest } from "../../server/src/protocol/serve.ts";
import { serverInProcess } from "../support/server-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("an editor serves one folder at a time, tells how to enter it, and stops", async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  writeFileSync(join(folder, "A.opm"), "");
  const { client } = await serverInProcess(t, serverWorld());
  const serve = (params: { folder: string; port: number }) =>
    client.sendRequest<ServeResult>(serveRequest.method, params);
  const first = await serve({ folder, port: 0 });
  assert.ok(first.kind === "served");
  assert.ok(first.lines.some((line) => line.includes("Package::RepositoryRoot") && line.includes(first.url)));
  assert.equal((await fetch(`${first.url}/otrs.xml`)).status, 200);
  const second = await serve({ folder: other, port: 0 });
  assert.ok(second.kind === "served");
  await assert.rejects(fetch(`${first.url}/otrs.xml`));
  assert.equal((await fetch(`${second.url}/otrs.xml`)).status, 200);
  assert.deepEqual(await client.sendRequest(stopServingRequest.method, {}), { kind: "stopped" });
  await assert.rejects(fetch(`${second.url}/otrs.xml`));
  const absent = await serve({ folder: join(folder, "absent"), port: 0 });
  assert.equal(absent.kind, "failed");
});
