import assert from "node:assert/strict";
import { test } from "node:test";
import { unifiedDiff } from "../../server/src/text/unified-diff.ts";
import { randomFrom } from "../support/random.ts";

test("nothing for the same text", () => {
  assert.equal(unifiedDiff("a", "x\n", "x\n"), "");
});

test("changes with the lines around them, near ones in one piece", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `${index + 1}\n`);
  const after = lines.toSpliced(25, 1, "a\n", "b\n").toSpliced(5, 1).toSpliced(2, 0, "c\n");
  assert.equal(
    unifiedDiff("n", lines.join(""), after.join("")),
    `--- a/n
+++ b/n
@@ -1,9 +1,9 @@
 1
 2
+c
 3
 4
 5
-6
 7
 8
 9
@@ -23,7 +23,8 @@
 23
 24
 25
-26
+a
+b
 27
 28
 29
`,
  );
});

test("empty texts, and last lines without a line break", () => {
  assert.equal(
    unifiedDiff("n", "", "x"),
    "--- a/n\n+++ b/n\n@@ -0,0 +1,1 @@\n+x\n\\ No newline at end of file\n",
  );
  assert.equal(unifiedDiff("n", "x\n", ""), "--- a/n\n+++ b/n\n@@ -1,1 +0,0 @@\n-x\n");
});

/** What a program that applies differences makes of a text. */
function applied(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let result = "";
  let at = 0;
  for (const line of diff.split("\n").slice(2, -1)) {
    const start = /^@@ -(\d+),(\d+) /.exec(line);
    if (start) {
      const from = Number(start[1]) - (start[2] === "0" ? 0 : 1);
      result += old.slice(at, from).join("");
      at = from;
    } else if (line.startsWith("\\")) {
      result = result.slice(0, -1);
    } else if (line.startsWith("+")) {
      result += `${line.slice(1)}\n`;
    } else {
      assert.equal(old[at]!.replace(/\n$/, ""), line.slice(1));
      if (line.startsWith(" ")) result += `${line.slice(1)}\n`;
      at++;
    }
  }
  return result + old.slice(at).join("");
}

test("a difference that is applied gives the other text, whatever the texts are", () => {
  const random = randomFrom(1);
  const textOf = () =>
    Array.from({ length: random.below(40) }, () => "abc"[random.below(3)]).join("\n") +
    (random.below(2) ? "\n" : "");
  for (let count = 0; count < 2000; count++) {
    const [before, after] = [textOf(), textOf()];
    const diff = unifiedDiff("n", before, after);
    // What stands behind a removed last line belongs to it.
    const plain = diff.replace(/(\n-[^\n]*)\n\\ No newline at end of file/g, "$1");
    assert.equal(applied(before, plain), after, JSON.stringify([before, after]));
  }
});

test("texts with very many lines that differ are no more than one change", () => {
  const lines = (prefix: string) =>
    Array.from({ length: 5000 }, (_, index) => `${prefix}${index}\n`).join("");
  const diff = unifiedDiff("n", lines("a"), lines("b"));
  assert.equal(applied(lines("a"), diff), lines("b"));
});
