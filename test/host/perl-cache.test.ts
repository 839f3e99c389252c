import assert from "node:assert/strict";
import { test } from "node:test";
import { PerlCache } from "../../server/src/host/perl-cache.ts";
import type { PerlVerdict } from "../../server/src/host/perl-checker.ts";

function cacheWithLog(): { cache: PerlCache; asked: string[] } {
  const asked: string[] = [];
  const check = async (code: string): Promise<PerlVerdict> => {
    asked.push(code);
    return code.startsWith("bad")
      ? { kind: "refused", message: code, line: 1, near: "" }
      : { kind: "compiles" };
  };
  return { cache: new PerlCache({ check }), asked };
}

test("what was asked for in vain is asked once, and a new snapshot knows it", async () => {
  const { cache, asked } = cacheWithLog();
  const before = cache.facts;
  assert.equal(before.verdictOf("good"), undefined);
  assert.equal(before.verdictOf("good"), undefined);
  assert.equal(before.verdictOf("bad"), undefined);
  assert.equal(await cache.refresh(), true);
  assert.equal(before.verdictOf("bad"), undefined, "a snapshot does not change");
  assert.deepEqual(
    [cache.facts.verdictOf("good")?.kind, cache.facts.verdictOf("bad")?.kind],
    ["compiles", "refused"],
  );
  const { facts } = cache;
  assert.equal(await cache.refresh(), false);
  assert.equal(cache.facts, facts, "nothing new");
  assert.deepEqual(asked, ["good", "bad"]);
});

test("what a document has no more is forgotten", async () => {
  const { cache, asked } = cacheWithLog();
  cache.facts.verdictOf("one");
  await cache.refresh();
  cache.facts.verdictOf("two");
  await cache.refresh();
  assert.equal(cache.facts.verdictOf("one"), undefined);
  assert.equal(cache.facts.verdictOf("two")?.kind, "compiles");
  await cache.refresh();
  assert.deepEqual(asked, ["one", "two", "one"]);
});
