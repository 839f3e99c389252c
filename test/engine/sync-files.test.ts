import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lintContext } from "../../server/src/engine/lint.ts";
import { compareFiles, pairedFiles, withChangedList } from "../../server/src/engine/sync-files.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const list = (...locations: readonly string[]) =>
  `<otrs_package>\n    <Filelist>\n${locations
    .map((location) => `        <File Permission="660" Location="${location}"/>\n`)
    .join("")}    </Filelist>\n</otrs_package>\n`;

test("only files whose bytes are gone from one place and have come to one have moved", () => {
  const names = (files: object) => new Map<string, string>(Object.entries(files));
  const pairs = (gone: object, come: object) => pairedFiles(names(gone), names(come));
  assert.deepEqual(pairs({ a: "1", b: "2" }, { c: "1", d: "3" }), [{ from: "a", to: "c" }]);
  assert.deepEqual(pairs({ a: "1", b: "1" }, { c: "1" }), [], "of two nobody knows which");
  assert.deepEqual(pairs({ a: "1" }, { c: "1", d: "1" }), [], "to two places");
  assert.deepEqual(pairs({}, {}), []);
  const many = Array.from({ length: 500 }, (_, number) => String(number));
  const tree = (folder: string) => Object.fromEntries(many.map((each) => [`${folder}/${each}`, each]));
  assert.equal(pairs(tree("a"), tree("b")).length, 500);
  // The way back is the way there.
  const back = pairs(tree("b"), tree("a")).map(({ from, to }) => ({ from: to, to: from }));
  assert.deepEqual(back, pairs(tree("a"), tree("b")));
});

test("a list is changed at once, and changing it again changes nothing", () => {
  const change = {
    moves: [
      { from: "a", to: "x" },
      { from: "c", to: undefined },
    ],
    added: ["it's <new>", "b", "it's <new>"],
  };
  const after = withChangedList(list("a", "b", "c"), change);
  assert.equal(after, list("x", "b", "it's &lt;new&gt;"));
  assert.equal(withChangedList(after, change), after);
  assert.equal(
    withChangedList("<otrs_package>\n    <Name>A</Name>\n</otrs_package>\n", { moves: [], added: ["a"] }),
    `<otrs_package>\n    <Name>A</Name>\n    <Filelist>\n        <File Permission="660" Location="a"/>\n    </Filelist>\n</otrs_package>\n`,
  );
  assert.equal(withChangedList("", { moves: [], added: ["a"] }), "");
});

test("files that have moved into each other's places are found by what stands in the list", async () => {
  const text = list("a", "b", "same");
  const files = ["b", "c", "same"];
  const committed = {
    before: async (_base: string, paths: readonly string[]) =>
      new Map(
        [
          ["a", "1"],
          ["b", "2"],
          ["same", "3"],
        ].filter(([path]) => paths.includes(path!)) as [string, string][],
      ),
    now: async (_base: string, paths: readonly string[]) =>
      new Map(
        [
          ["b", "1"],
          ["c", "2"],
          ["same", "3"],
        ].filter(([path]) => paths.includes(path!)) as [string, string][],
      ),
  };
  const compare = async (now: string) => {
    const tree = SyntaxTree.parse(now);
    const { context } = lintContext(specOf(tree), defaultLintSettings, {
      ...{ fileName: "Acme.sopm", kind: "spec", today: "2024-05-02", knowledge: () => noKnowledge },
      folder: {
        factOf: (path) =>
          (files.includes(path) ? { kind: "file", size: 2 } : { kind: "missing" }) as FileFact,
        files: () => files,
      },
    });
    return compareFiles({
      ...{ tree, baseFolder: "/ws", committed },
      context: () => context,
      refresh: async () => false,
    });
  };
  const { moved } = await compare(text);
  assert.deepEqual(moved, [
    { from: "a", to: "b" },
    { from: "b", to: "c" },
  ]);
  const after = withChangedList(text, { moves: moved, added: [] });
  assert.equal(after, list("b", "c", "same"));
  assert.deepEqual((await compare(after)).moved, []);
});
