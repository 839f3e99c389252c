import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDifferent } from "../../server/src/host/file-content.ts";

test("the first byte that differs is found, wherever it is and wherever the bytes lie", () => {
  const length = 70;
  for (const offset of [0, 1, 4]) {
    for (let at = 0; at <= length; at++) {
      const left = new Uint8Array(offset + length).subarray(offset).fill(255);
      const right = new Uint8Array(8 + length).subarray(8).fill(255);
      if (at < length) right[at] = 0x7f;
      assert.equal(firstDifferent(left, right), at);
      assert.equal(firstDifferent(left.subarray(0, at), right), at);
    }
  }
});
