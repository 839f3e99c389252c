import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DryRunFinding,
  type ToldFinding,
  withoutTold,
} from "../../server/src/report/dry-run-findings.ts";

const root = { start: 1, end: 5 };
const section = { start: 100, end: 200 };

function finding(id: DryRunFinding["id"], more: Partial<DryRunFinding> = {}): DryRunFinding {
  return { id, severity: "error", span: section, message: "It fails.", arguments: {}, ...more };
}

function told(severity: ToldFinding["severity"], start = 120, file?: string): ToldFinding {
  return { severity, span: { start, end: start + 10 }, ...(file !== undefined && { file: { path: file } }) };
}

for (const [title, found, said, isLeft] of [
  ["an error at the cause", finding("step-fails"), told("error"), false],
  ["a warning there, which may be about something else", finding("step-fails"), told("warning"), true],
  ["an error elsewhere", finding("step-fails"), told("error", 300), true],
  ["a warning in what never runs", finding("step-never-runs"), told("warning"), false],
  ["an error at the fallback, which is no place", finding("refused", { span: root }), told("error", 2), true],
  ["an error where nothing can be known", finding("cannot-be-known"), told("error"), true],
  [
    "an error in the file it is about",
    finding("step-fails", { files: ["a.xml"] }),
    told("error", 9, "a.xml"),
    false,
  ],
  ["an error in another file", finding("step-fails", { files: ["a.xml"] }), told("error", 9, "b.xml"), true],
  ["an error in a file where the spec is meant", finding("step-fails"), told("error", 120, "a.xml"), true],
] as const) {
  test(`${isLeft ? "stays" : "is left out"} beside ${title}`, () => {
    assert.deepEqual(withoutTold([found], [said], root), isLeft ? [found] : []);
  });
}
