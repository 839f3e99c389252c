import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, type FileContent } from "../../server/src/host/file-content.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import type { HomeEntry, HomeFiles } from "../../server/src/system/home.ts";
import { SystemFacts, whenKnown } from "../../server/src/system/system-facts.ts";

/** Content that has to be read. */
function farContent(text: string, asked: string[] = []): FileContent {
  const bytes = new TextEncoder().encode(text);
  return {
    size: bytes.length,
    async read() {
      asked.push(text);
      return bytes;
    },
  };
}

const unreadable: FileContent = {
  size: 1,
  read: () => Promise.reject(new PackageError("file-unreadable", { location: "a", reason: "EIO" })),
};

/** Files that are all there, but for those whose path has "missing" in it. */
function farFiles(asked: string[] = []): HomeFiles {
  return {
    async lookAt(paths) {
      asked.push(...paths);
      if (paths.includes("broken")) throw new Error("broken");
      return paths.map((path): HomeEntry | undefined =>
        path.includes("missing") ? undefined : { kind: "file", mode: 0o644, content: farContent(path) },
      );
    },
    isFrameworkFile: () => false,
    list: async () => ["a", "b"],
  };
}

test("work is done again until all that it asks for is known", async () => {
  const facts = new SystemFacts();
  const asked: string[] = [];
  const home = facts.home(farFiles(asked));
  let rounds = 0;
  const texts = await whenKnown(facts, () => {
    rounds++;
    return home.list("").flatMap((name) => {
      const entry = home.entry(name);
      if (entry?.kind !== "file" || typeof entry.content === "string") return [];
      return [new TextDecoder().decode(facts.bytesOf(entry.content))];
    });
  });
  assert.deepEqual(texts, ["a", "b"]);
  assert.equal(rounds, 4, "names, entries, contents, and all of it");
  assert.deepEqual(asked, ["a", "b"]);
  await whenKnown(facts, () => {
    rounds++;
    return home.list("").map((name) => home.entry(name));
  });
  assert.equal(rounds, 5, "what is known stays known");
});

test("what work throws counts only when everything is known to it", async () => {
  const facts = new SystemFacts();
  const home = facts.home(farFiles());
  const mode = await whenKnown(facts, () => (home.entry("a") as { mode: number }).mode);
  assert.equal(mode, 0o644);
  await assert.rejects(
    whenKnown(facts, () => (home.entry("missing") as { mode: number } | undefined)!.mode),
    TypeError,
  );
});

test("contents that cannot be read are told by whoever asks for them in the end", async () => {
  const facts = new SystemFacts();
  await assert.rejects(
    whenKnown(facts, () => facts.bytesOf(unreadable)),
    { code: "file-unreadable" },
  );
  const readable = farContent("x");
  await assert.rejects(
    whenKnown(facts, () => facts.areSame(unreadable, readable)),
    { code: "file-unreadable" },
  );
  const home = facts.home(farFiles());
  // The first time it seems that there is no file, and the content is asked for.
  const found = await whenKnown(facts, () => (home.entry("a") ? "there" : facts.bytesOf(unreadable)));
  assert.equal(found, "there");
});

test("a path that cannot be looked at keeps no other from being known", async () => {
  const facts = new SystemFacts();
  const home = facts.home(farFiles());
  assert.equal(await whenKnown(facts, () => [home.entry("a"), home.entry("missing")].length), 2);
  await assert.rejects(
    whenKnown(facts, () => [home.entry("b"), home.entry("broken")]),
    /broken/,
  );
  assert.equal((await whenKnown(facts, () => home.entry("b")))?.kind, "file");
});

test("contents are compared by what tells them apart with the least reading", async () => {
  const facts = new SystemFacts();
  const asked: string[] = [];
  const [one, same, other] = ["abc", "abc", "abd"].map((text) => farContent(text, asked));
  const memory = contentOf(new TextEncoder().encode("abc"));
  const areSame = (a: FileContent, b: FileContent) => whenKnown(facts, () => facts.areSame(a, b));
  assert.equal(await areSame(one!, one!), true);
  assert.equal(await areSame(one!, farContent("longer", asked)), false);
  assert.equal(await areSame({ ...one!, knownDigest: "1" }, { ...other!, knownDigest: "2" }), false);
  assert.equal(await areSame(memory, contentOf(new TextEncoder().encode("abc"))), true);
  assert.deepEqual(asked, [], "nothing was read");
  assert.equal(await areSame(one!, same!), true);
  assert.equal(await areSame(one!, memory), true);
  assert.equal(await areSame(one!, other!), false);
  assert.equal(await areSame(one!, other!), false);
  assert.deepEqual(asked, ["abc", "abc", "abc", "abc", "abd"], "each pair is compared once");
  const hashed = { ...one!, digest: async () => "d", read: () => Promise.reject(new Error("read")) };
  assert.equal(await areSame(hashed, { ...same!, knownDigest: "d" }), true);
});
