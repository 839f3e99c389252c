import assert from "node:assert/strict";
import { test } from "node:test";
import { isFoundIn } from "../../server/src/text/linear-pattern.ts";

const texts = ["", "a", "ab", "aab", "12", "1 2", "2024-05-02", "x{2}", "\n", "12\n", "A_b.c", "]-^", "a|b"];
const patterns = [
  "^\\d+$",
  "^[1-9]\\d{0,2}$",
  "a*b",
  "^(?:a|b)+$",
  "(a|)b?",
  "^\\w+\\.\\w+$",
  "[^a-z]",
  "^[]^-]+$",
  "\\s",
  "^\\d{4}-\\d\\d-\\d{2}$",
  "^(0|1)$|^a",
  "a+?b",
  "x\\{2\\}",
  "^.$",
  "[\\d.]",
];

test("patterns are found where the engine of the language finds them", () => {
  for (const pattern of patterns) {
    for (const text of texts) {
      // There the end of a text is that before a last line break, too, and a bracket may open a class.
      const other = pattern.replaceAll("[]", "[\\]").replaceAll("$", "(?=\\n?$(?![\\s\\S]))");
      assert.equal(
        isFoundIn(pattern, text),
        new RegExp(other).test(text),
        `${pattern} in ${JSON.stringify(text)}`,
      );
    }
  }
});

test("nothing is said of patterns and texts that mean something else elsewhere", () => {
  for (const pattern of [
    "(?=a)",
    "(?i)a",
    "(a)\\1",
    "a++",
    "\\p{L}",
    "[[:alpha:]]",
    "(",
    "a)",
    "*",
    "[a",
    "\\",
    "é",
    "$a*{",
  ])
    assert.equal(isFoundIn(pattern, "a"), undefined, pattern);
  assert.equal(isFoundIn("a", "ä"), undefined);
  assert.equal(isFoundIn("a".repeat(2000), "a"), undefined);
});

test("a pattern that makes others go through all ways takes no longer than its length", () => {
  assert.equal(isFoundIn("^(a+)+$", `${"a".repeat(900)}b`), false);
  assert.equal(isFoundIn("^(a|a)*(a|a)*(a|a)*b$", "a".repeat(900)), false);
  assert.equal(isFoundIn("^(((a{0,99}){0,99}){0,99}){0,99}b$", "a".repeat(900)), undefined);
  assert.equal(isFoundIn(`${"(".repeat(400)}a${")".repeat(400)}`, "a"), undefined);
});
