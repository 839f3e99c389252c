import assert from "node:assert/strict";
import { test } from "node:test";
import { relocated } from "../../server/src/rules/finding-place.ts";
import type { Report } from "../../server/src/rules/rule.ts";
import { shift } from "../../server/src/text/span.ts";

const span = { start: 1, end: 3 };
const later = { start: 11, end: 13 };
const file = { path: "Kernel/System/Acme.pm", text: "package Acme;" };
const elsewhere = { message: "C", document: "/other.sopm", start: place(), end: place() };

test("all that a report speaks of in the document moves, and nothing in other files", () => {
  const report: Report = {
    span,
    related: [{ message: "A", span }, { message: "B", span, file }, elsewhere],
    fixes: [{ title: "T", edits: [{ span, newText: "x" }], together: [{ span, newText: "y" }] }],
  };
  assert.deepEqual(
    relocated(report, (each) => shift(each, 10)),
    {
      span: later,
      related: [{ message: "A", span: later }, { message: "B", span, file }, elsewhere],
      fixes: [
        { title: "T", edits: [{ span: later, newText: "x" }], together: [{ span: later, newText: "y" }] },
      ],
    },
  );
});

test("of a report about another file only what it says of the document moves", () => {
  const fixes = [{ title: "T", edits: [{ span, newText: "x" }] }];
  assert.deepEqual(
    relocated({ span, file, fixes, related: [{ message: "A", span }] }, (each) => shift(each, 10)),
    { span, file, fixes, related: [{ message: "A", span: later }] },
  );
});

function place() {
  return { line: 0, character: 0 };
}
