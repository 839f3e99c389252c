import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { md5 } from "../../server/src/text/md5.ts";

// The examples of RFC 1321.
const examples: readonly (readonly [string, string])[] = [
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
];
for (const [text, sum] of examples) test(`MD5 of “${text}”`, () => assert.equal(md5(text), sum));

test("sums of all lengths around the end of a block are those of Node", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
    assert.equal(md5(bytes), createHash("md5").update(bytes).digest("hex"), `${length} bytes`);
  }
});

test("a text counts as its UTF-8 bytes, and one sum does not disturb the next", () => {
  const text = "äöü 漢字 🎫 ".repeat(1000);
  const expected = createHash("md5").update(text).digest("hex");
  assert.equal(md5(text), expected);
  assert.equal(md5(text), expected);
});
