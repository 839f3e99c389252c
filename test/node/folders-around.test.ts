import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Disk, FolderCache } from "../../server/src/host/folder-cache.ts";
import { nodeDisk } from "../../server/src/node/disk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("the folders around are those beside and inside, without hidden ones and links", async (t) => {
  const folder = temporaryFolder(t, {
    "meta/own/x": "",
    "src/Kernel/A.pm": "1;",
    "other/Other.sopm": "",
    ".git/x": "",
    "node_modules/x": "",
    file: "",
  });
  symlinkSync("src", join(folder, "link"), "junction");
  const cache = new FolderCache(nodeDisk(join(folder, "meta")));
  assert.equal(cache.facts.around!.folders(), undefined);
  assert.equal(await cache.refresh(), true);
  assert.ok(cache.looksAround);
  assert.deepEqual(cache.facts.around!.folders(), ["..", "../other", "../src", "own"]);
  assert.equal(await cache.refresh(), false);
});

test("what is in a folder with a spec belongs to the package of that one", async (t) => {
  const folder = temporaryFolder(t, {
    "meta/x": "",
    "src/A.pm": "1;",
    "other/A.pm": "1;",
    "other/O.sopm": "",
  });
  const cache = new FolderCache(nodeDisk(join(folder, "meta")));
  const known = () => ["../src", "../other"].map((each) => cache.facts.around!.hasFile(each, "A.pm"));
  cache.facts.around!.folders();
  known();
  await cache.refresh();
  assert.deepEqual(known(), [true, false]);
  rmSync(join(folder, "other/O.sopm"));
  assert.equal(await cache.reload(), true);
  assert.deepEqual(known(), [true, true]);
});

test("a folder is looked through for specs when it has a file, and not before", async () => {
  const lookedThrough: string[] = [];
  const disk: Disk = {
    inspect: async () => ({ kind: "missing" }),
    scan: async () => new Map(),
    around: {
      folders: async () => ["..", "../one", "../two"],
      hasFile: async (folder) => folder === "../two",
      hasSpec: async (folder) => {
        lookedThrough.push(folder);
        return false;
      },
    },
  };
  const cache = new FolderCache(disk);
  for (const folder of ["..", "../one", "../two"]) {
    for (const path of ["A.pm", "B.pm"]) cache.facts.around!.hasFile(folder, path);
  }
  cache.facts.around!.folders();
  await cache.refresh();
  assert.deepEqual(lookedThrough, ["../two"]);
});

test("files around are known when they were asked for, and followed", async (t) => {
  const folder = temporaryFolder(t, { "meta/x": "", "src/Kernel/A.pm": "1;", "secret/key": "" });
  mkdirSync(join(folder, "src/Kernel/B.pm"));
  const cache = new FolderCache(nodeDisk(join(folder, "meta")));
  const asked = ["Kernel/A.pm", "Kernel/B.pm", "Kernel/C.pm", "../secret/key", "/etc/passwd", "a\0b"];
  const known = () => asked.map((path) => cache.facts.around!.hasFile("../src", path));
  cache.facts.around!.folders();
  assert.deepEqual(new Set(known()), new Set([undefined]));
  await cache.refresh();
  assert.deepEqual(known(), [true, false, false, false, false, false]);
  assert.equal(await cache.reload(), false);
  const before = cache.facts;
  writeFileSync(join(folder, "src/Kernel/C.pm"), "1;");
  rmSync(join(folder, "src/Kernel/A.pm"));
  assert.equal(await cache.reload(), true);
  assert.notEqual(cache.facts, before);
  assert.deepEqual(known().slice(0, 3), [false, false, true]);
  rmSync(folder, { recursive: true });
  assert.equal(await cache.reload(), true);
  assert.deepEqual(cache.facts.around!.folders(), [".."]);
});
