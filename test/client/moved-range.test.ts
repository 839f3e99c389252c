import assert from "node:assert/strict";
import { test } from "node:test";
import { movedRange } from "../../client/src/moved-range.ts";
import type { ProtocolRange } from "../../server/src/protocol/place.ts";

/** As "line:character-line:character". */
function range(text: string): ProtocolRange {
  const [start, end] = text.split("-").map((position) => {
    const [line, character] = position.split(":").map(Number);
    return { line: line!, character: character! };
  });
  return { start: start!, end: end! };
}

function shown({ start, end }: ProtocolRange): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

const cases: readonly [name: string, changed: string, text: string, after: string | undefined][] = [
  ["a line above comes", "1:0-1:0", "<a/>\n", "5:4-7:8"],
  ["lines above go", "1:0-3:0", "", "2:4-4:8"],
  ["letters come on its line before it", "4:0-4:2", "    ", "4:6-6:8"],
  ["a line ends right before it", "4:4-4:4", "\n", "5:0-7:8"],
  ["its line is joined with the one above", "3:10-4:2", "", "3:12-5:8"],
  ["something comes behind it", "6:8-6:8", " <b/>", "4:4-6:8"],
  ["something below changes", "9:0-12:0", "x", "4:4-6:8"],
  ["a letter in it changes", "5:2-5:3", "y", undefined],
  ["what is around it is replaced", "3:0-8:0", "", undefined],
  ["a change reaches into it", "3:0-4:5", "", undefined],
];

for (const [name, changed, text, after] of cases) {
  test(`a range when ${name}`, () => {
    const moved = movedRange(range("4:4-6:8"), { range: range(changed), text });
    assert.equal(moved && shown(moved), after);
  });
}

test("what ends on the line of a change moves on that line as well", () => {
  const moved = movedRange(range("4:6-4:9"), { range: range("4:2-4:3"), text: "four" });
  assert.equal(moved && shown(moved), "4:9-4:12");
});
