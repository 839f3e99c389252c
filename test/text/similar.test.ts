import assert from "node:assert/strict";
import { test } from "node:test";
import { closest, isSimilar } from "../../server/src/text/similar.ts";
import { randomFrom } from "../support/random.ts";

const pairs: readonly [first: string, second: string, similar: boolean][] = [
  ["Filelist", "FileList", true],
  ["Filelist", "Filelst", true],
  ["Filelist", "Fielist", true],
  ["Filelist", "Filesystem", false],
  ["Framework", "Famewrok", true],
  ["Name", "Nmae", true],
  ["Name", "Nam", true],
  ["Name", "Nmea", false],
  ["URL", "URI", true],
  ["a", "b", false],
  ["a", "A", true],
  ["", "ab", false],
  // What many names of one package have in common says nothing.
  ["acme_room", "acme_tool", false],
  ["acme_room", "acme_rom", true],
  ["acme_room", "amce_room", true],
  ["acme_a", "acme_b", false],
  ["Kernel::System::Room", "Kernel::System::Tool", false],
];
for (const [first, second, similar] of pairs) {
  test(`${first} and ${second} are ${similar ? "" : "not "}similar`, () => {
    assert.equal(isSimilar(first, second), similar);
    assert.equal(isSimilar(second, first), similar);
  });
}

test("the nearest of several is taken, and none when all are far", () => {
  assert.equal(closest("Versoin", ["Vendor", "Version", "Versions"]), "Version");
  assert.equal(closest("location", ["Location", "Lotation"]), "Location");
  assert.equal(closest("Greeting", ["Name", "Vendor"]), undefined);
  assert.equal(closest("Name", []), undefined);
});

test("words are similar exactly when their whole table of distances says so", () => {
  const random = randomFrom(12);
  const word = () => Array.from({ length: 1 + random.below(9) }, () => random.pick([..."ab"])).join("");
  let similar = 0;
  for (let round = 0; round < 20_000; round++) {
    const [first, second] = [word(), word()];
    const shorter = Math.min(first.length, second.length);
    const allowed = shorter < 3 ? 0 : shorter < 6 ? 1 : 2;
    const expected = distance(first, second) <= allowed;
    if (expected) similar++;
    assert.equal(isSimilar(first, second), expected, `${first} ${second}`);
  }
  assert.ok(similar > 500);
});

/** Edit distance with transpositions of neighbours, every cell computed. */
function distance(first: string, second: string): number {
  const table = Array.from({ length: first.length + 1 }, (_, row) =>
    Array.from({ length: second.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  for (let row = 1; row <= first.length; row++) {
    for (let column = 1; column <= second.length; column++) {
      const same = first[row - 1] === second[column - 1];
      let cost = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        first[row - 1] === second[column - 2] &&
        first[row - 2] === second[column - 1]
      ) {
        cost = Math.min(cost, table[row - 2]![column - 2]! + 1);
      }
      table[row]![column] = cost;
    }
  }
  return table[first.length]![second.length]!;
}
