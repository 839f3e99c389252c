import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, command } from "../../server/src/cli/command.ts";
import { readWords } from "../../server/src/cli/read-words.ts";

const copy: Command = command({
  name: "copy",
  summary: "",
  about: "",
  parameters: {
    paths: { operand: "any", kind: "file", placeholder: "PATH", text: "" },
    force: { kind: "flag", text: "" },
    to: { kind: "text", placeholder: "TEXT", text: "" },
    rule: { kind: "text", placeholder: "ID", repeatable: true, text: "" },
  },
  exits: ["", ""],
  run: async () => 0,
});

function read(...words: readonly string[]) {
  const { language: _, ...given } = readWords(copy, words);
  return given;
}

const nothing = { paths: [], force: false, to: undefined, rule: [] };

test("options stand anywhere before two dashes, behind which nothing is one", () => {
  assert.deepEqual(read(), nothing);
  assert.deepEqual(read("a", "--force", "b"), { ...nothing, paths: ["a", "b"], force: true });
  assert.deepEqual(read("a", "--", "--force", "--"), { ...nothing, paths: ["a", "--force", "--"] });
});

test("a value stands behind its option or behind a sign of equality", () => {
  assert.deepEqual(read("--to", "x"), { ...nothing, to: "x" });
  assert.deepEqual(read("--to=x=y"), { ...nothing, to: "x=y" });
  assert.deepEqual(read("--to=-x"), { ...nothing, to: "-x" });
  assert.deepEqual(read("--to="), { ...nothing, to: "" });
  assert.deepEqual(read("--to", "-"), { ...nothing, to: "-" });
});

test("of an option that is given again the last counts, unless it may be repeated", () => {
  assert.deepEqual(read("--to", "x", "--to=y"), { ...nothing, to: "y" });
  assert.deepEqual(read("--rule", "a", "--rule=b"), { ...nothing, rule: ["a", "b"] });
});

test("a dash alone is a word", () => {
  assert.deepEqual(read("-"), { ...nothing, paths: ["-"] });
});

test("what is no option, or has no value where it needs one, is said by its name", () => {
  const bad = [
    [["--constructor"], "--constructor"],
    [["--__proto__=1"], "--__proto__"],
    [["-abc"], "-a"],
    [["--to"], "--to"],
    [["--to", "--force"], "--to"],
    [["--force="], "--force"],
  ] as const;
  for (const [words, option] of bad) {
    assert.throws(() => read(...words), { name: "UsageError", values: { option } }, words.join(" "));
  }
});
