import assert from "node:assert/strict";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

test("the server can be bundled for a browser, and takes nothing of Node along", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["server/src/lsp/server.ts"],
    ...{ bundle: true, write: false, metafile: true, outdir: "none" },
    ...{ platform: "browser", target: "es2022", format: "esm", logLevel: "error" },
  });
  const inputs = Object.entries(metafile.inputs);
  assert.ok(inputs.some(([path]) => path === "server/src/workspace/closed-specs.ts"));
  for (const [path, { imports }] of inputs) {
    assert.ok(!path.startsWith("server/src/node/"), path);
    for (const each of imports) assert.ok(!isBuiltin(each.path), `${path} imports ${each.path}`);
  }
});
