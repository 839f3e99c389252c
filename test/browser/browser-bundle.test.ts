import assert from "node:assert/strict";
import { createHash as nodeHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { absent, bundleForBrowser, nodeNames } from "./browser-bundle.ts";
import { createHash } from "./sha256.ts";

const rooms = readdirSync(join(import.meta.dirname, "../../server/src"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("the server makes a bundle for browsers, with all rooms but those for Node and for shells", async () => {
  const { inputs } = (await bundleForBrowser()).metafile;
  const bundled = new Set(
    Object.keys(inputs).flatMap((path) => /^server\/src\/(\w+)\//.exec(path)?.[1] ?? []),
  );
  assert.deepEqual(
    rooms.filter((room) => !bundled.has(room)),
    ["cli", "node"],
  );
  const imported = Object.values(inputs).flatMap(({ imports }) => imports);
  assert.deepEqual(
    imported.filter(({ path, external }) => external || isBuiltin(path) || path.startsWith("node:")),
    [],
  );
});

test("nothing of ours in it uses what only Node has", async () => {
  const { code } = await bundleForBrowser();
  const modules = code.split(/^ {2}\/\/ (?=\S+\.(?:[cm]?js|ts|json)$)/m);
  const used = modules.flatMap((module) => {
    const [path = ""] = module.split("\n");
    const names = nodeNames.filter((name) => new RegExp(`\\b${absent(name)}\\b`).test(module));
    return path.startsWith("server/") ? names.map((name) => `${path} uses ${name}`) : [];
  });
  assert.ok(modules.length > 500);
  assert.deepEqual(used, []);
});

test("the digests of the worker's disk are those of Node", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 7 + length);
    const middle = Math.floor(length / 3);
    const digest = createHash("sha256").update(bytes.subarray(0, middle)).update(bytes.subarray(middle));
    assert.equal(digest.digest(), nodeHash("sha256").update(bytes).digest("hex"), `${length} bytes`);
  }
});
