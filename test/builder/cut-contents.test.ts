import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentCutter, lineFeedsBefore } from "../../server/src/builder/cut-contents.ts";
import { archiveInMemory, firstDifferent } from "../../server/src/host/file-content.ts";
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
    "Zm9v \r\n".repeat(400),
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

const parts = [
  ...["<a>", "</a>", "<", ">", "QUJD", "=", "\n", " ", "\u0000", "Zm9v\n".repeat(70)],
  ...["x".repeat(300), "Zm9v".repeat(90)],
];

test("what two archives have in common at the beginning is taken over from the first", () => {
  const random = randomFrom(7);
  let taken = 0;
  for (let round = 0; round < 500; round++) {
    const text = () => Array.from({ length: 20 }, () => random.pick(parts)).join("");
    const start = text();
    const [one, other] = [Buffer.from(start + text()), Buffer.from(start + text())];
    const first = new ContentCutter();
    first.push(one);
    const found = first.finish();
    if (!found) continue;
    const common = firstDifferent(new Uint8Array(one), new Uint8Array(other));
    for (const length of [common, common >> 1, 0]) {
      const cutter: ContentCutter = new ContentCutter({ cut: found, common: length });
      taken += cutter.offset;
      cutter.push(other.subarray(cutter.offset));
      const result = cutter.finish();
      const shown = result && { regions: result.regions, rest: Buffer.from(result.rest).toString("latin1") };
      assert.deepEqual(shown, cut(other, 1001));
    }
  }
  assert.ok(taken > 10_000);
});

test("line feeds are counted without reading contents again", async () => {
  const random = randomFrom(9);
  for (let round = 0; round < 60; round++) {
    const bytes = Buffer.from(Array.from({ length: 20 }, () => random.pick(parts)).join(""));
    const cutter = new ContentCutter();
    cutter.push(bytes);
    const found = cutter.finish();
    if (!found) continue;
    for (let offset = 0; offset <= bytes.length; offset += 13) {
      const expected = bytes.subarray(0, offset).toString("latin1").split("\n").length - 1;
      assert.equal(await lineFeedsBefore(offset, found, archiveInMemory(bytes)), expected);
    }
  }
});
