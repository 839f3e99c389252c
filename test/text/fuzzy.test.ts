import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzyRank, lettersOf } from "../../server/src/text/fuzzy.ts";

test("texts are ranked by how near they are to what is asked for", () => {
  const texts = ["xitem", "item", "acme_item", "item_owner", "i_t_e_m", "itcem", "time"];
  const ranked = texts
    .flatMap((text) => {
      const rank = fuzzyRank("item", text);
      return rank === undefined ? [] : [{ text, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  assert.deepEqual(
    ranked.map(({ text }) => text),
    ["item", "item_owner", "acme_item", "xitem", "itcem", "i_t_e_m"],
  );
});

test("letter case does not count, and nothing asked for is in every text", () => {
  assert.equal(fuzzyRank("acme", "ACME"), 0);
  assert.notEqual(fuzzyRank("", "acme"), undefined);
});

test("a text that answers a question has all of its letters", () => {
  for (const [query, text] of [
    ["ait", "Acme_Item"],
    ["a1", "acme 7 1"],
    ["ä", "Möbel ä"],
  ] as const) {
    assert.notEqual(fuzzyRank(query, text), undefined);
    assert.equal(lettersOf(text) & lettersOf(query), lettersOf(query));
  }
  assert.notEqual(lettersOf("acme") & lettersOf("z"), lettersOf("z"));
});
