import assert from "node:assert/strict";
import { test } from "node:test";
import { checksum } from "../../server/src/text/checksum.ts";

test("texts have a checksum of their own, and the same text the same one", () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `{"line":${index % 200},"code":"${index}"}`);
  const long = "x".repeat(100_000);
  const all = [...texts, "", "\0", "\0\0", "ab", "ba", "aab", long, `${long}x`, `y${long.slice(1)}`];
  assert.equal(new Set(all.map(checksum)).size, all.length);
  assert.equal(checksum(`${long.slice(1)}x`), checksum(long));
});
