import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf } from "../../server/src/host/file-content.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Plan, Step } from "../../server/src/lifecycle/plan.ts";
import { dryRunFindings } from "../../server/src/report/dry-run-findings.ts";
import { makeReport } from "../../server/src/report/report-model.ts";
import type { HomeEntry } from "../../server/src/system/home.ts";
import {
  addRow,
  emptyHome,
  emptySystem,
  neverRun,
  planOf,
  statement,
  writeFile,
} from "../support/hand-made-plan.ts";

const failing = statement("DROP TABLE absent", { outcome: "fails", reason: { text: "There is none." } });
const never = neverRun("TableAlter(acme)");

function reportOf(steps: readonly Step[], facts: Partial<Plan> = {}, specText?: string) {
  return makeReport({ plan: planOf(steps, facts), specText, fileName: "Acme.sopm" });
}

function verdictOf(steps: readonly Step[], facts: Partial<Plan> = {}): [string, boolean] {
  const { sentence, needsAttention } = reportOf(steps, facts).verdict;
  return [english(sentence.text, sentence.values), needsAttention];
}

test("the verdict tells a success with failures apart from one without", () => {
  const fine = writeFile("Kernel/A.pm");
  assert.deepEqual(verdictOf([fine]), ["Znuny 7.1.3 would do this, and no step fails.", false]);
  assert.deepEqual(verdictOf([fine, failing]), [
    "Znuny 7.1.3 would report success, although steps fail: 1.",
    true,
  ]);
  assert.deepEqual(verdictOf([never]), ["Znuny 7.1.3 would do this, but steps never run: 1.", true]);
  assert.deepEqual(verdictOf([failing, never, never]), [
    "Znuny 7.1.3 would report success, although steps fail: 1, and steps never run: 2.",
    true,
  ]);
});

test("a refusal says whether anything was changed before", () => {
  const refused = { verdict: "refused" } as const;
  assert.deepEqual(verdictOf([], refused), ["Znuny 7.1.3 would refuse this, and change nothing.", true]);
  assert.deepEqual(verdictOf([addRow("Acme", "1.0.0")], refused), [
    "Znuny 7.1.3 would refuse this, but by then something has been changed.",
    true,
  ]);
});

test("the difference lists what is there before and after, and nothing that came back", () => {
  const old: HomeEntry = { kind: "file", mode: 0o644, content: contentOf(Buffer.from("old")) };
  const home = { ...emptyHome, entry: (path: string) => (path.endsWith("Old.pm") ? old : undefined) };
  const moves = writeFile("Kernel/Old.pm", {
    changes: [
      { part: "home", change: { kind: "move", from: "Kernel/Old.pm", to: "Kernel/Old.pm.save" } },
      {
        part: "home",
        change: {
          kind: "write",
          path: "Kernel/Old.pm",
          content: contentOf(Buffer.from("newer")),
          mode: 0o660,
        },
      },
    ],
  });
  const thereAndBack = writeFile("Kernel/Back.pm", {
    changes: [
      {
        part: "home",
        change: { kind: "write", path: "Kernel/Back.pm", content: contentOf(Buffer.from("x")), mode: 0o660 },
      },
      { part: "home", change: { kind: "delete", path: "Kernel/Back.pm" } },
    ],
  });
  const before = { ...emptySystem, home };
  const { difference } = reportOf([moves, thereAndBack, addRow("Acme", "1.0.0")], { before });
  assert.deepEqual(difference.files, [
    {
      path: "Kernel/Old.pm",
      change: "changed",
      before: { kind: "file", mode: 0o644, size: 3 },
      after: { kind: "file", mode: 0o660, size: 5 },
    },
    {
      path: "Kernel/Old.pm.save",
      change: "added",
      before: undefined,
      after: { kind: "file", mode: 0o644, size: 3 },
    },
  ]);
  assert.deepEqual(difference.packages, [
    { change: "added", name: "Acme", version: "1.0.0", status: "installed" },
  ]);
});

test("places are lines and columns of the spec, whatever ends its lines", () => {
  const { placeOf } = reportOf([], {}, "a\r\nbc\rd\ne");
  const lineAndColumn = (start: number) => {
    const { line, column } = placeOf({ start, end: start })!;
    return [line, column];
  };
  assert.deepEqual(lineAndColumn(0), [1, 1]);
  assert.deepEqual(lineAndColumn(4), [2, 2]);
  assert.deepEqual(lineAndColumn(6), [3, 1]);
  assert.deepEqual(lineAndColumn(8), [4, 1]);
  assert.equal(placeOf(undefined), undefined);
});

test("steps that the documentation promises otherwise are listed", () => {
  const plan = planOf([failing, never]);
  const documentedPlan = planOf([failing, { ...never, outcome: "runs" }, writeFile("Kernel/B.pm")]);
  const { promise } = makeReport({ plan, documentedPlan, specText: undefined, fileName: undefined });
  assert.deepEqual(
    promise?.steps.map(({ key, actual, promised }) => [key, actual, promised]),
    [
      [never.key, "never", "runs"],
      ["write-file Kernel/B.pm", undefined, "runs"],
    ],
  );
});

test("where the documentation promises an end, what comes behind it is no difference of its own", () => {
  const plan = planOf([failing, writeFile("Kernel/B.pm"), never]);
  const refusals = [{ check: "earlier-steps", text: "A step failed.", span: undefined }] as const;
  const documentedPlan = planOf([failing], { verdict: "refused", refusals });
  const { promise } = makeReport({ plan, documentedPlan, specText: undefined, fileName: undefined });
  assert.equal(promise?.verdict, "refused");
  assert.equal(promise?.end?.text, "A step failed.");
  assert.deepEqual(promise?.steps, []);
});

test("findings stand where the steps stand, once for each tag, and refusals have a place in any case", () => {
  const span = { start: 3, end: 7 };
  const root = { start: 0, end: 1 };
  const refusals = [{ check: "framework", text: "No such framework.", span: undefined }] as const;
  const report = reportOf(
    [{ ...failing, span }, { ...failing, span }, { ...never, span }, never],
    { refusals, verdict: "refused" },
    "0123456789",
  );
  assert.deepEqual(
    dryRunFindings(report, root).map(({ id, severity, span: place }) => [id, severity, place]),
    [
      ["refused", "error", root],
      ["step-fails", "error", span],
      ["step-never-runs", "warning", span],
    ],
  );
});
