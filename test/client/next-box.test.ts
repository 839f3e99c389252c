import assert from "node:assert/strict";
import { test } from "node:test";
import { type Direction, nextBox } from "../../client/src/webview/next-box.ts";

/** Three columns: two boxes, one, two; the middle one is level with the upper ones. */
const boxes = [
  [0, 0],
  [0, 100],
  [200, 10],
  [400, 0],
  [400, 300],
].map(([left, top]) => ({ left: left!, top: top!, width: 100, height: 50 }));

test("arrow keys go to the nearest table in their direction, and nowhere where there is none", () => {
  const rows: readonly [from: number, direction: Direction, to: number | undefined][] = [
    [0, "right", 2],
    [0, "down", 1],
    [1, "up", 0],
    [1, "right", 2],
    [2, "left", 0],
    [2, "right", 3],
    [3, "down", 4],
    [4, "left", 2],
    [0, "left", undefined],
    [3, "up", undefined],
  ];
  for (const [from, direction, to] of rows)
    assert.equal(nextBox(boxes, from, direction), to, `${from} ${direction}`);
});
