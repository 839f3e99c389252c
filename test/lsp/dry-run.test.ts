import assert from "node:assert/strict";
import { test } from "node:test";
import { timers } from "../../server/src/node/timers.ts";
import type { DryRunResult } from "../../server/src/protocol/dry-run.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const uri = "file:///ws/Acme.sopm";

test("repeats nothing of what lint says, though lint is not through yet", async (context) => {
  const disk = new MemoryWorkspace(
    Object.fromEntries(Object.entries(goodPackage).map(([path, text]) => [`/ws/${path}`, text])),
  );
  let isToHold = false;
  let release: (() => void) | undefined;
  const world = memoryWorld({
    ...filesOf(disk),
    timers: {
      ...timers,
      soon: (work) => {
        if (!isToHold) return timers.soon(work);
        isToHold = false;
        release = work;
        return () => {
          release = undefined;
        };
      },
    },
  });
  const server = await serverInProcess(context, world);
  await server.open(uri, goodSpec);
  await server.until(() => server.published(uri) !== undefined);

  // The check of the next version is the first thing that waits for its turn.
  isToHold = true;
  const text = goodSpec.replace("</Filelist>", '</Filelist>\n    <CodeInstall Type="later">1;</CodeInstall>');
  await server.client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text }],
  });
  const params = { uri, operation: "install" };
  const answer = server.client.sendRequest<DryRunResult>("sopm/dryRun", params);
  // Whoever asks for a file of the report waits for no findings, and gets it later than the first would have its own.
  await server.client.sendRequest("sopm/exportDryRun", { ...params, format: "json" });
  assert.ok(release, "the check was not held");
  release();
  const result = await answer;
  assert.ok(result.kind === "report", JSON.stringify(result));
  assert.equal(result.documentVersion, 2);
  assert.deepEqual(result.findings, []);
});
