import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentCutter } from "../../server/src/builder/cut-contents.ts";
import { randomFrom } from "../support/random.ts";

/** What is cut out of bytes that come in pieces of a length. */
function cut(bytes: Uint8Array, pieceLength: number) {
  const cutter = new ContentCutter();
  for (let start = 0; start < bytes.length; start += pieceLength)
    cutter.push(bytes.subarray(start, start + pieceLength));
  const result = cutter.finish();
  return result && { regions: result.regions, rest: Buffer.from(result.rest).toString("latin1") };
}

test("the same is cut out, wherever contents begin, in whatever pieces they come", () => {
  const random = randomFrom(20);
  const pieces = [
    "<a>",
    "</a>",
    "QUJD",
    "=",
    "\n",
    " ",
    "x".repeat(300),
    "Zm9v".repeat(90),
    "ä",
    "-",
    "\u0000",
  ];
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: 30 }, () => random.pick(pieces)).join("");
    const padding = round % 4;
    const whole = Buffer.from(" ".repeat(padding) + text);
    const bytes = whole.subarray(padding);
    // One by one none of the steps is taken that need several bytes at once.
    const expected = cut(bytes, 1);
    for (const length of [bytes.length, 7, 64, 129, 1001])
      assert.deepEqual(cut(bytes, length), expected, text);
  }
});
