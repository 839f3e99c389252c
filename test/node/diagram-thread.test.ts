import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { LayoutGraph } from "../../server/src/host/diagram-layout.ts";
import type * as Thread from "../../server/src/node/diagram-thread.ts";
import { elkLayout } from "../../server/src/node/elk-layout.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Both sides as they are shipped: a thread starts from a bundle, not from sources. */
async function bundle(t: TestContext): Promise<typeof Thread> {
  const folder = temporaryFolder(t);
  const room = join(import.meta.dirname, "../../server/src/node");
  await build({
    entryPoints: [join(room, "diagram-thread.ts"), join(room, "diagram-worker-entry.ts")],
    ...{ outdir: folder, bundle: true, platform: "node", format: "esm" },
  });
  const library = "node_modules/elkjs/lib";
  mkdirSync(join(folder, library), { recursive: true });
  copyFileSync(
    createRequire(import.meta.url).resolve("elkjs/lib/elk.bundled.js"),
    join(folder, library, "elk.bundled.js"),
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return import(pathToFileURL(join(folder, "diagram-thread.js")).href);
}

/** A ring, one box that refers to itself, and one that stands alone. */
const cyclic: LayoutGraph = {
  boxes: [...Array(6).keys()].map(() => ({ width: 120, height: 80 })),
  lines: [
    { from: 0, fromY: 20, to: 1, toY: 40 },
    { from: 1, fromY: 20, to: 2, toY: 40 },
    { from: 2, fromY: 20, to: 0, toY: 40 },
    { from: 3, fromY: 60, to: 3, toY: 20 },
    { from: 4, fromY: 60, to: 0, toY: 20 },
    { from: 4, fromY: 60, to: 0, toY: 20 },
  ],
};

function ring(count: number): LayoutGraph {
  return {
    boxes: [...Array(count).keys()].map(() => ({ width: 150, height: 100 })),
    lines: [...Array(count * 3).keys()].map((index) => ({
      ...{ from: index % count, fromY: 20, to: (index * 7919 + 1) % count, toY: 40 },
    })),
  };
}

test("boxes stand apart, lines go from the left edge of the one that refers to the right edge of the other", async () => {
  const { boxes, lines } = await elkLayout(cyclic);
  assert.equal(boxes.length, 6);
  for (const [index, one] of boxes.entries())
    for (const two of boxes.slice(index + 1))
      assert.ok(Math.abs(one.x - two.x) >= 120 || Math.abs(one.y - two.y) >= 80);
  for (const [index, { from, fromY, to, toY }] of cyclic.lines.entries()) {
    const line = lines[index]!;
    assert.deepEqual(line[0], { x: boxes[from]!.x, y: boxes[from]!.y + fromY });
    assert.deepEqual(line.at(-1), { x: boxes[to]!.x + 120, y: boxes[to]!.y + toY });
  }
  assert.deepEqual(await elkLayout(cyclic), { boxes, lines }, "the same graph gets the same places");
});

test("a thread says the same, can be given up in the middle, and then lays out the next graph", async (t) => {
  const { DiagramThread } = await bundle(t);
  const thread = new DiagramThread({ layout: 60_000, idle: 10 });
  const expected = await elkLayout(cyclic);
  assert.deepEqual(await thread.layOut(cyclic), expected);
  const controller = new AbortController();
  const large = thread.layOut(ring(3000), controller.signal);
  const next = thread.layOut(cyclic);
  setImmediate(() => controller.abort());
  await assert.rejects(large, { name: "AbortError" });
  assert.deepEqual(await next, expected);
  await assert.rejects(thread.layOut(cyclic, AbortSignal.abort()), { name: "AbortError" });
});

test("a graph that takes too long has no places, and keeps no other one waiting", async (t) => {
  const { DiagramThread } = await bundle(t);
  assert.equal(await new DiagramThread({ layout: 1, idle: 10 }).layOut(ring(3000)), undefined);
});
