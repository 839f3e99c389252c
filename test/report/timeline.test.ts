import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import type { Step } from "../../server/src/lifecycle/plan.ts";
import { type TimelineEntry, timelineOf } from "../../server/src/report/timeline.ts";
import { planOf, statement, step, writeFile } from "../support/hand-made-plan.ts";

/** The rows as text: the number of a step, or a group's numbers with its title. */
function rowsOf(steps: readonly Step[]): string[] {
  return timelineOf(planOf(steps).steps).map((entry: TimelineEntry) => {
    if (entry.kind === "step") return `${entry.step.number} ${entry.step.kind} ${entry.step.outcome}`;
    const numbers = entry.steps.map(({ number }) => number);
    return `${numbers.join(",")} ${english(entry.title.text, entry.title.values)}`;
  });
}

function files(count: number): Step[] {
  return Array.from({ length: count }, (_, index) => writeFile(`Kernel/File${index}.pm`));
}

const emptyFile = writeFile("Kernel/Empty.pm", {
  outcome: "fails",
  reason: { text: "It is empty." },
  changes: [],
});

test("a few files are shown one by one, many as one row", () => {
  assert.deepEqual(rowsOf(files(2)), ["1 write-file runs", "2 write-file runs"]);
  assert.deepEqual(rowsOf(files(8)), ["1,2,3,4,5,6,7,8 Writes 8 files"]);
});

test("a file that fails among many keeps its row, and does not split the others", () => {
  assert.deepEqual(rowsOf([...files(3), emptyFile, ...files(4)]), [
    "1,2,3,5,6,7,8 Writes 7 files",
    "4 write-file fails",
  ]);
});

test("hundreds of files that fail alike are shown up to a number", () => {
  const rows = rowsOf(Array.from({ length: 300 }, () => emptyFile));
  assert.equal(rows.length, 21);
  assert.match(rows.at(-1)!, /^21,.*,300 /);
});

test("files that are saved are told apart from those that are not", () => {
  const saved = files(7).map((each) => ({ ...each, savedTo: "x.save" }) as Step);
  assert.deepEqual(
    rowsOf([...files(6), ...saved]).map((row) => row.replace(/^[\d,]+ /, "")),
    ["Writes 6 files", "Writes 7 files and saves those that were there"],
  );
});

test("statements keep their order: one that fails parts the others", () => {
  const fine = Array.from({ length: 6 }, (_, index) => statement(`INSERT ${index}`));
  const broken = statement("DROP TABLE absent", { outcome: "fails", reason: { text: "There is none." } });
  assert.deepEqual(rowsOf([...fine, broken, ...fine]), [
    "1,2,3,4,5,6 Runs 6 SQL statements",
    "7 statement fails",
    "8,9,10,11,12,13 Runs 6 SQL statements",
  ]);
});

test("brackets around other steps are left out unless they have something to tell", () => {
  const begin = step({ kind: "begin" }, { lane: "end" });
  const phase = step(
    { kind: "code-phase-begin", family: "CodeInstall", phase: "pre", candidates: 0, success: true },
    { lane: "code" },
  );
  const logged: Step = { ...phase, log: [{ id: "x", priority: "error", text: "Something." }] };
  assert.deepEqual(rowsOf([begin, phase, logged]), ["3 code-phase-begin runs"]);
});

test("the statements that ask whether a key is there are one row with the one that makes it", () => {
  const change = { kind: "auxiliary" } as const;
  const guard = ["SET @Exists := 0", "PREPARE FK", "EXECUTE FK"].map((sql) => statement(sql));
  const [first] = guard;
  assert.ok(first?.kind === "statement");
  const { tag } = first.statement;
  const guarded = guard.map((each, index): Step => {
    assert.ok(each.kind === "statement");
    const own = { ...each.statement, tag, ...(index === 2 ? { change } : {}) };
    return { ...each, statement: own };
  });
  assert.deepEqual(rowsOf([...guarded, statement("DROP TABLE acme")]), [
    "1,2,3 Runs SQL for TableCreate, in 3 statements",
    "4 statement runs",
  ]);
});
