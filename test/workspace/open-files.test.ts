import assert from "node:assert/strict";
import { test } from "node:test";
import type { Disk } from "../../server/src/host/folder-cache.ts";
import { OpenDocument } from "../../server/src/workspace/open-documents.ts";
import { OpenFiles } from "../../server/src/workspace/open-files.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { posixPaths } from "../support/posix-paths.ts";

test("over open files a disk has what is typed, and all else that it has without them", async () => {
  const world = memoryWorld();
  const files = new OpenFiles();
  files.open(new OpenDocument(world, "file:///ws/var/packagesetup/A.pm", "spec", 1, "typed"));
  const rules = { base: "", files: [] };
  const disk: Required<Disk> = {
    inspect: async () => ({ kind: "directory" }),
    scan: async () => undefined,
    read: async () => "written",
    specs: async () => ["A.sopm"],
    gitRules: async () => rules,
    around: { folders: async () => [".."], hasFile: async () => true, hasSpec: async () => true },
  };
  const over = files.over(disk, "/ws", posixPaths) as Required<Disk>;
  assert.deepEqual(Object.keys(over).sort(), Object.keys(disk).sort());
  assert.equal(await over.read("var/packagesetup/A.pm"), "typed");
  assert.equal(await over.read("B.pm"), "written");
  assert.deepEqual(await over.specs(), ["A.sopm"]);
  assert.equal(await over.gitRules(), rules);
});
