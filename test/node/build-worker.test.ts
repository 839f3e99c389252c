import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { PackageError } from "../../server/src/host/package-error.ts";
import type * as BuildWorker from "../../server/src/node/build-worker.ts";
import { archiveText, filePart } from "../support/archive-text.ts";
import { contentsBelow } from "../support/contents-below.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Both sides as they are shipped: a thread starts from a bundle, not from sources. */
async function bundle(folder: string): Promise<typeof BuildWorker> {
  const room = join(import.meta.dirname, "../../server/src/node");
  await build({
    entryPoints: [join(room, "build-worker.ts"), join(room, "build-worker-entry.ts")],
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return import(pathToFileURL(join(folder, "build-worker.js")).href);
}

test("a thread of its own writes, reports, fails and is cancelled as this one does", async (t) => {
  const { writeInWorker } = await bundle(temporaryFolder(t));
  const content = Buffer.alloc(500_000, "some content ");
  const baseFolder = temporaryFolder(t, { "big.bin": content, "huge.bin": "" });
  truncateSync(join(baseFolder, "huge.bin"), 96 * 1024 * 1024);
  const folder = temporaryFolder(t, { "A-1.0.0.opm": "the archive before" });
  const target = join(folder, "A-1.0.0.opm");
  const options = { baseFolder, allowSymlinks: false };

  const missing = writeInWorker([filePart("absent", { span: { start: 3, end: 5 } })], target, options);
  await assert.rejects(missing, ({ name, code, span, cause }: PackageError) => {
    assert.deepEqual(
      { name, code, span },
      { name: "PackageError", code: "file-missing", span: { start: 3, end: 5 } },
    );
    assert.match(String(cause), /ENOENT/);
    return true;
  });

  const controller = new AbortController();
  const cancelled = writeInWorker([filePart("huge.bin")], target, {
    ...options,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await assert.rejects(cancelled, ({ code }: PackageError) => code === "cancelled");
  assert.equal(readFileSync(target, "utf8"), "the archive before");
  assert.deepEqual(readdirSync(folder), ["A-1.0.0.opm"]);

  const parts = [filePart("big.bin", { wrapped: true })];
  let bytes = 0;
  const onProgress = (progress: { readonly bytes: number }) => {
    bytes = progress.bytes;
  };
  // Two at once need two threads, and one of them is let go.
  const [written] = await Promise.all([
    writeInWorker(parts, target, { ...options, onProgress }),
    writeInWorker(parts, join(folder, "B-1.0.0.opm"), options),
  ]);
  assert.equal(readFileSync(target, "utf8"), archiveText(parts, contentsBelow(baseFolder)));
  assert.deepEqual(written, { path: target, size: statSync(target).size, files: 1 });
  assert.equal(bytes, content.length);
  assert.deepEqual(readdirSync(folder), ["A-1.0.0.opm", "B-1.0.0.opm"]);
});
