import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { isInside } from "../../server/src/node/is-inside.ts";

const rows: readonly [folder: string, path: string, inside: boolean][] = [
  ["/ws", "/ws/Acme.sopm", true],
  ["/ws", "/ws", true],
  ["/", "/Acme.sopm", true],
  ["/ws", "/ws2/Acme.sopm", false],
  ["/ws", "/Acme.sopm", false],
  ["/ws", "/ws/..Acme.sopm", true],
];

test("a path that leads out again is not inside", () => {
  assert.equal(isInside("/ws", "/ws/../Acme.sopm"), false);
});

for (const [folder, path, inside] of rows) {
  test(`${path} is ${inside ? "" : "not "}inside ${folder}`, () => {
    assert.equal(isInside(resolve(folder), resolve(path)), inside);
  });
}
