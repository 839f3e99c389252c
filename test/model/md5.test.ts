import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { md5 } from "../../server/src/model/md5.ts";

test("checksums of every length around a block are those of the system", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
    assert.equal(md5(bytes), createHash("md5").update(bytes).digest("hex"), `${length} bytes`);
  }
});

test("a checksum of a part of a larger buffer", () => {
  const bytes = new Uint8Array(1000).map((_, index) => index & 255);
  const part = bytes.subarray(3, 900);
  assert.equal(md5(part), createHash("md5").update(part).digest("hex"));
});
