import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import { lintFile } from "../../server/src/engine/lint-file.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";

test("an archive is told by its ending, in capitals as well", async () => {
  const text = "<otrs_package><Name>Acme</Name></otrs_package>";
  const disk = new MemoryWorkspace({ "/ws/Acme.opm": text, "/ws/ACME.OPM": text, "/ws/Acme.sopm": text });
  const world = memoryWorld(filesOf(disk));
  const kindOf = async (path: string) => (await lintFile(path, defaultLintSettings, world)).context.kind;
  assert.equal(await kindOf("/ws/Acme.opm"), "archive");
  assert.equal(await kindOf("/ws/ACME.OPM"), "archive");
  assert.equal(await kindOf("/ws/Acme.sopm"), "spec");
});
