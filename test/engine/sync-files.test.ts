import assert from "node:assert/strict";
import { test } from "node:test";
import { pairedFiles, withChangedList } from "../../server/src/engine/sync-files.ts";

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
