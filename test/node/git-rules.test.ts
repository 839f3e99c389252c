import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FolderCache } from "../../server/src/host/folder-cache.ts";
import { nodeDisk } from "../../server/src/node/disk.ts";
import { gitRules } from "../../server/src/node/git-rules.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("what Git is told is read from the top of the working tree down", async (t) => {
  const folder = temporaryFolder(t, {
    ".gitignore": "outside",
    "tree/.git/HEAD": "",
    "tree/.gitattributes": "* text",
    "tree/packages/Acme/.gitignore": "/bin/",
    "tree/packages/Acme/.gitattributes/no": "a folder",
    "tree/packages/Acme/Kernel/.gitignore": "not asked for here",
  });
  assert.deepEqual(await gitRules(join(folder, "tree/packages/Acme")), {
    base: "packages/Acme/",
    files: [
      { name: ".gitattributes", path: "../../.gitattributes", folder: "", text: "* text" },
      { name: ".gitignore", path: ".gitignore", folder: "packages/Acme/", text: "/bin/" },
    ],
  });
});

test("without a working tree only the base folder counts, and no link is followed", async (t) => {
  const folder = temporaryFolder(t, { ".gitignore": "outside", "Acme/x": "", secret: "*" });
  symlinkSync("../secret", join(folder, "Acme/.gitattributes"));
  assert.deepEqual(await gitRules(join(folder, "Acme")), { base: "", files: [] });
  assert.deepEqual(await gitRules(join(folder, "nowhere")), { base: "", files: [] });
});

test("specs and rules of Git are looked at when somebody asks, and again when files change", async (t) => {
  const folder = temporaryFolder(t, { "A.sopm": "", "B.txt": "" });
  const cache = new FolderCache(nodeDisk(folder));
  assert.equal(await cache.refresh(), false);
  assert.equal(cache.facts.specs!(), undefined);
  assert.equal(cache.facts.gitRules!(), undefined);
  assert.equal(await cache.refresh(), true);
  assert.deepEqual(cache.facts.specs!(), ["A.sopm"]);
  assert.deepEqual(cache.facts.gitRules!()!.files, []);
  assert.equal(await cache.reload(), false);
  writeFileSync(join(folder, "B.sopm"), "");
  writeFileSync(join(folder, ".gitignore"), "*");
  assert.equal(await cache.reload(), true);
  assert.deepEqual(cache.facts.specs!(), ["A.sopm", "B.sopm"]);
  assert.equal(cache.facts.gitRules!()!.files.length, 1);
});
