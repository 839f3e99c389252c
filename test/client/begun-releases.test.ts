import assert from "node:assert/strict";
import { test } from "node:test";
import { BegunReleases } from "../../client/src/creating/begun-releases.ts";

function memory() {
  const values = new Map<string, unknown>();
  return {
    values,
    get: <T>(key: string, otherwise: T) => (values.has(key) ? (values.get(key) as T) : otherwise),
    async update(key: string, value: unknown) {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

test("a release that is not finished is known at the next start, and forgotten when it is", async () => {
  const kept = memory();
  const begun = new BegunReleases(kept);
  const run = (uri: string, outcome: string) =>
    begun.during(
      uri,
      async () => {
        // Whoever is killed now has noted it.
        assert.ok(new BegunReleases(kept).all.includes(uri));
        return outcome;
      },
      (each) => each !== "stopped",
    );
  assert.equal(await run("a", "stopped"), "stopped");
  assert.equal(await run("b", "stopped"), "stopped");
  await run("a", "stopped");
  assert.deepEqual(new BegunReleases(kept).all, ["a", "b"]);
  await run("a", "released");
  assert.deepEqual(begun.all, ["b"]);
  await assert.rejects(
    begun.during(
      "c",
      () => Promise.reject(new Error("gone")),
      () => true,
    ),
    /gone/,
  );
  assert.deepEqual(begun.all, ["b", "c"], "nobody knows how far it is");
  await begun.forget("b");
  await begun.forget("c");
  assert.equal(kept.values.size, 0);
});
