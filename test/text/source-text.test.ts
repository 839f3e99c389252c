import assert from "node:assert/strict";
import { test } from "node:test";
import type { TextEdit } from "../../server/src/text/edit.ts";
import { type LineColumn, lineStartsOf, positionIn, SourceText } from "../../server/src/text/source-text.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { type Random, randomFrom } from "../support/random.ts";

/** The same questions answered the long way. */
class NaiveText {
  readonly text: string;
  readonly lineStarts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.lineStarts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((found) => found.index + found[0].length)];
  }

  positionAt(offset: number): LineColumn {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineStarts.findLastIndex((start) => start <= at);
    return { line, character: at - this.lineStarts[line]! };
  }

  offsetAt({ line, character }: LineColumn): number {
    if (line < 0) return 0;
    const start = this.lineStarts[line];
    if (start === undefined) return this.text.length;
    const rest = this.text.slice(start, this.lineStarts[line + 1]).replace(/\r\n$|\r$|\n$/, "");
    return start + Math.max(0, Math.min(character, rest.length));
  }
}

function assertSame(source: SourceText, text: string, random: Random): void {
  const naive = new NaiveText(text);
  assert.equal(source.length, text.length);
  assert.equal(source.lineCount, naive.lineStarts.length);
  for (let question = 0; question < 8; question++) {
    const offset = random.below(text.length + 3) - 1;
    assert.deepEqual(source.positionAt(offset), naive.positionAt(offset), `the place of ${offset}`);
    const line = random.below(naive.lineStarts.length + 2) - 1;
    const place = { line, character: random.below(90) - 2 };
    assert.equal(source.offsetAt(place), naive.offsetAt(place), `the offset of ${JSON.stringify(place)}`);
    assert.equal(source.lineStart(line), line < 0 ? 0 : (naive.lineStarts[line] ?? text.length));
    const end = offset + random.below(3000);
    assert.equal(source.slice(offset, end), text.slice(Math.max(0, offset), Math.max(0, end)));
  }
}

test("an empty text has one line", () => {
  const source = SourceText.of("");
  assert.equal(source.lineCount, 1);
  assert.deepEqual(source.positionAt(5), { line: 0, character: 0 });
  assert.equal(source.offsetAt({ line: 3, character: 1 }), 0);
  assert.equal(source.replace({ span: { start: 0, end: 9 }, newText: "a\n" }).toString(), "a\n");
});

test("CRLF is one line break, CR and LF are one each", () => {
  const source = SourceText.of("a\r\nb\rc\nd\n\re");
  assert.equal(source.lineCount, 6);
  assert.deepEqual(source.positionAt(2), { line: 0, character: 2 });
  assert.equal(source.offsetAt({ line: 0, character: 99 }), 1);
  assert.equal(source.offsetAt({ line: 4, character: 99 }), 9);
});

test("a character is counted in UTF-16 code units", () => {
  const source = SourceText.of("\u{1f600}x\n\u{1f600}");
  assert.deepEqual(source.positionAt(2), { line: 0, character: 2 });
  assert.equal(source.offsetAt({ line: 1, character: 9 }), 6);
});

test("a line break may come to stand across any two chunks", () => {
  for (const length of [1022, 1023, 1024, 1025, 2047, 2048, 2049, 50_000]) {
    const source = SourceText.of(`${"x".repeat(length)}\r\n${"y".repeat(5000)}`);
    assert.equal(source.lineCount, 2, `CRLF at ${length}`);
    assert.deepEqual(source.positionAt(length + 2), { line: 1, character: 0 });
    const parted = source.replace({ span: { start: length + 1, end: length + 1 }, newText: "-" });
    assert.equal(parted.lineCount, 3, `CR and LF apart at ${length}`);
    const joined = parted.replace({ span: { start: length + 1, end: length + 2 }, newText: "" });
    assert.equal(joined.lineCount, 2, `CR and LF together again at ${length}`);
  }
});

const pieces = [
  "",
  "\r",
  "\n",
  "\r\n",
  "x",
  "\u{1f600}",
  "\ud83d",
  "\ude00",
  "line\r\nline\rline\n",
  "ä".repeat(1500),
];

for (const [name, start] of [
  ["an empty text", ""],
  ["a small spec", generateSpec(60)],
  ["a large spec", generateSpec(4_000)],
  ["a large spec with CRLF", generateSpec(2_000).replaceAll("\n", "\r\n")],
  ["nothing but carriage returns", "\r".repeat(5_000)],
  ["surrogate pairs", "\u{1f600}\n".repeat(2_000)],
] as const) {
  test(`edits of ${name} give what naive ones do`, () => {
    const random = randomFrom(start.length + 1);
    let text: string = start;
    let source = SourceText.of(text);
    for (let round = 0; round < 400; round++) {
      const edit = randomEdit(text, random);
      text = applyEdits(text, [edit]);
      source = source.replace(edit);
      assertSame(source, text, random);
    }
    assert.equal(source.toString(), text);
  });
}

function randomEdit(text: string, random: Random): TextEdit {
  const start = random.below(text.length + 1);
  const removed = random.pick([0, 0, 1, 2, random.below(40), random.below(4000)]);
  const newText = random.pick(pieces) + random.pick(pieces);
  return { span: { start, end: Math.min(text.length, start + removed) }, newText };
}

test("spans that reach beyond the text are cut", () => {
  const source = SourceText.of("abc");
  assert.equal(source.replace({ span: { start: 1, end: 99 }, newText: "-" }).toString(), "a-");
  assert.equal(source.replace({ span: { start: 50, end: 99 }, newText: "-" }).toString(), "abc-");
  assert.equal(source.slice(-5, 2), "ab");
});

test("a place in a text that is not kept is the one that the text says", () => {
  const text = "a\r\nbc\rd\n\nüe";
  const source = SourceText.of(text);
  const lineStarts = lineStartsOf(text);
  for (let offset = 0; offset <= text.length; offset++)
    assert.deepEqual(positionIn(lineStarts, offset), source.positionAt(offset));
});
