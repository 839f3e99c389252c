import assert from "node:assert/strict";
import { english } from "../../server/src/l10n/translate.ts";
import type { LogEntry } from "../../server/src/lifecycle/log.ts";
import type { CheckId, Plan, Step } from "../../server/src/lifecycle/plan.ts";
import { ChangedHome } from "../../server/src/system/home.ts";
import { readLine } from "./framework-log.ts";

/** One record of what the framework did. */
export type TraceRecord = { readonly step: string } & Readonly<Record<string, unknown>>;

/**
 * Holds a plan to what the framework did, record by record.
 *
 * Each of our steps stands for the records that {@link recordsOf} gives for it; elements that do not come to the
 * database, and checks that Force passes over, stand for none, because the framework does nothing there.
 */
export function compareTrace(plan: Plan, trace: readonly TraceRecord[]): void {
  const expected = withoutEchoes(trace).map(normalExpected);
  const actual = allRecords(plan);
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    const [mine, theirs] = [actual[index], expected[index]];
    if (mine && theirs && fits(mine, theirs)) continue;
    assert.deepEqual(
      actual.slice(Math.max(0, index - 2), index + 3).map(render),
      expected.slice(Math.max(0, index - 2), index + 3).map(render),
      `record ${index + 1}`,
    );
    assert.fail(`record ${index + 1}: ${render(mine)} is not ${render(theirs)}`);
  }
}

/**
 * Holds the reasons of a refused plan to what the framework logs when it refuses: the same check, and a sentence that
 * names everything that the line names.
 */
export function compareRefusal(plan: Plan, trace: readonly TraceRecord[]): void {
  const line = trace
    .filter(({ step, priority }) => step === "log" && priority !== "debug")
    .flatMap(({ message }) => readLine(String(message)) ?? [])
    .findLast(({ check }) => check !== undefined);
  assert.ok(line, "a line of the log that says why");
  assert.equal(plan.refusals.length, 1, "one reason");
  const { check, text, values } = plan.refusals[0]!;
  assert.equal(check, line.check, "the check that refuses");
  const sentence = english(text, values ?? {});
  for (const [key, value] of Object.entries(line.values)) {
    const named = String(normalValue(line.ids[0]!, key, value));
    // Which package it is about stands above the plan.
    if (named === plan.package.name) continue;
    assert.ok(sentence.toLowerCase().includes(named.toLowerCase()), `“${sentence}” names ${key} ${named}`);
  }
}

interface Normal {
  readonly step: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Of lines of the log: what they may be in our words. */
  readonly ids?: readonly string[];
  /** Of what a database says: our text. Of a line of the package's own code: what the code says that it logs. */
  readonly text?: string | undefined;
}

/** Stands for the lines that a section of code logs itself. */
const ownLine = "of the package";

function fits(mine: Normal, theirs: Normal): boolean {
  if (mine.step !== theirs.step) return false;
  if (theirs.ids && !theirs.ids.includes(mine.ids![0]!)) return false;
  if (theirs.text !== undefined) {
    const isAlike = theirs.ids!.includes(ownLine)
      ? isSaid(mine.text!, theirs.text)
      : mine.text === theirs.text;
    if (!isAlike) return false;
  }
  const keys = theirs.ids ? Object.keys(theirs.facts) : Object.keys({ ...mine.facts, ...theirs.facts });
  return keys.every((key) => JSON.stringify(mine.facts[key]) === JSON.stringify(theirs.facts[key]));
}

/** Whether a line is what a piece of Perl says that it logs; what it fills in when it runs is not known here. */
function isSaid(literal: string, line: string): boolean {
  const pieces = literal
    .split(/\$\w+(?:->)?(?:\{\w+\}(?:->)?)*/)
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pieces.join(".*")}$`, "s").test(line);
}

function render(record: Normal | undefined): string {
  return record ? `${record.step} ${record.ids?.join("|") ?? ""} ${JSON.stringify(record.facts)}` : "nothing";
}

/** Leaves out what the driver of the database prints beside the log. */
function withoutEchoes(trace: readonly TraceRecord[]): readonly TraceRecord[] {
  return trace.filter(({ step, text }, index) => {
    if (step !== "perl-warning") return true;
    const [, said] = /^DBD::mysql::db do failed: (.*)$/.exec(String(text)) ?? [];
    assert.equal(said, trace[index + 1]?.message, "the driver prints what is logged next");
    return false;
  });
}

function normalExpected(record: TraceRecord): Normal {
  const { step, depth, ...allFacts } = record;
  const { type, ...untyped } = allFacts;
  // The attribute Type of a file means nothing when the file is removed.
  const facts = step === "file-remove" && type !== undefined ? untyped : allFacts;
  const withDepth = depth === undefined ? {} : { depth };
  if (step !== "log" && step !== "notice") return { step, facts: { ...facts, ...withDepth } };
  const message = String(facts.message ?? facts.text);
  const priority = step === "notice" ? "notice" : facts.priority;
  const line = readLine(message);
  if (!line) return { step: "log", ids: [ownLine], text: message, facts: { priority, ...withDepth } };
  const values = Object.fromEntries(
    Object.entries(line.values).map(([key, value]) => [key, normalValue(line.ids[0]!, key, value)]),
  );
  return { step: "log", ids: line.ids, text: line.text, facts: { priority, ...values, ...withDepth } };
}

function normalValue(id: string, key: string, value: string): string | number {
  if (key === "line") return Number(value);
  // "7.1.x;Minimum Version 7.1.99" is how the framework writes what SOPM writes as "7.1.x ≥ 7.1.99".
  if (id === "framework-unfit" && key === "wanted") {
    return value.replace(/;Minimum Version /, " ≥ ").replace(/;Maximum Version /, " ≤ ");
  }
  // OTOBO names a file in this line that it does not write.
  if (id === "changed-file-copied") return `${value}.custom_backup`;
  return value;
}

function allRecords(plan: Plan): readonly Normal[] {
  const home = new ChangedHome(plan.before.home);
  return plan.steps.flatMap((step) => {
    const records = recordsOf(step, home);
    const depth = step.depth > 1 ? { depth: step.depth } : {};
    return records.map((record) => ({ ...record, facts: { ...record.facts, ...depth } }));
  });
}

const checkRecords: Readonly<Partial<Record<CheckId, string>>> = {
  "write-permission": "check-write-permission",
  "operating-system": "check-os",
  framework: "check-framework",
  "required-packages": "check-required-packages",
  "required-modules": "check-required-modules",
  "file-conflicts": "check-file-conflicts",
  dependents: "check-dependents",
};

/** The records that one step stands for. The home is as the steps before it leave it, and goes on with it. */
function recordsOf(step: Step, home: ChangedHome): readonly Normal[] {
  const log = step.log.map(logRecord);
  const ok = step.outcome === "runs" ? 1 : 0;
  const one = (name: string, facts: Normal["facts"] = {}): readonly Normal[] => [
    ...log,
    { step: name, facts },
  ];
  switch (step.kind) {
    case "begin":
      return one("begin", { op: operationName(step) });
    case "end":
      return one("end", { op: operationName(step), result: step.success ? 1 : 0 });
    case "check": {
      const name = checkRecords[step.check];
      return name === undefined || step.outcome === "skipped" ? log : one(name, { ok });
    }
    case "merge-begin":
      return one("merge-begin");
    case "merge-end":
      return one("merge-end", { ok: step.success ? 1 : 0 });
    case "code-phase-begin":
      return one("code-phase", { candidates: step.candidates, type: step.phase });
    case "code-phase-end":
      return one("code-phase-end", { ok: step.success ? 1 : 0, type: step.phase });
    case "code":
      if (step.outcome === "skipped" || step.outcome === "never") return [];
      return [{ step: "code", facts: blockFacts(step.code) }, ...log, ...(ok ? linesOf(step.code) : [])];
    case "database-phase-begin":
      return one("database-phase", { tags: step.elements.join(" ") });
    case "database-phase-end":
      return one("database-phase-end");
    case "database-element":
      return [];
    case "statement":
      return one("sql", { ok, sql: step.statement.sql });
    case "write-file":
      return one("file-install", {
        after: filesAfter(step, home),
        existedBefore: step.existedBefore ? 1 : 0,
        location: step.location,
        permission: step.permission ?? null,
        result: ok,
        ...(step.type !== undefined && { type: step.type }),
      });
    case "remove-file":
      return one("file-remove", {
        after: filesAfter(step, home),
        existedBefore: step.existedBefore ? 1 : 0,
        location: step.location,
        result: ok,
      });
    case "package-table":
      return tableRecords(step, log, ok);
    case "configuration":
      return configurationRecords(step, log, ok);
    case "clear-cache":
      return step.cache === "data" ? one("cache-cleanup", { keep: 6 }) : one("loader-cache-delete");
    case "event": {
      const { name, version, vendor } = step.package;
      return one("event", { event: step.event, data: { Name: name, Vendor: vendor, Version: version } });
    }
  }
}

function logRecord({ id, priority, text, values }: LogEntry): Normal {
  return { step: "log", ids: [id], text, facts: { priority, ...values } };
}

/** What a section of code logs when it runs, as far as it can be read: the packages log no error. */
function linesOf(code: string): readonly Normal[] {
  return [...code.matchAll(/Message => (["'])(.*?)\1( \.)?/g)].map(([, , text, goesOn]) => ({
    ...{ step: "log", ids: [ownLine], facts: { priority: "notice" } },
    text: goesOn ? `${text}$More` : text,
  }));
}

function operationName({ operation }: Step): string {
  return `Package${operation[0]!.toUpperCase()}${operation.slice(1)}`;
}

/** The packages name their blocks in a comment; code without one is told by its text. */
export function blockFacts(code: string): { readonly block: string } | { readonly text: string } {
  const [, block] = /# block: (.*)/.exec(code) ?? [];
  return block === undefined ? { text: code } : { block };
}

function filesAfter(step: Step & { readonly location: string }, home: ChangedHome): Record<string, string> {
  const path = step.location.replace(/^\.\//, "");
  const touched = new Set<string>();
  for (const change of step.changes) {
    if (change.part !== "home") continue;
    home.apply(change.change);
    if (change.change.kind === "move" || change.change.kind === "copy") {
      touched.add(change.change.from).add(change.change.to);
    }
  }
  const after: Record<string, string> = {};
  for (const ending of [".backup", ".custom_backup", ".save"]) {
    if (touched.has(path + ending)) after[ending] = modeText(home, path + ending);
  }
  after.file = modeText(home, path);
  return after;
}

function modeText(home: ChangedHome, path: string): string {
  const entry = home.entry(path);
  return entry && entry.kind !== "other" ? entry.mode.toString(8).padStart(4, "0") : "absent";
}

function tableRecords(
  step: Extract<Step, { kind: "package-table" }>,
  log: readonly Normal[],
  ok: number,
): readonly Normal[] {
  switch (step.action) {
    case "add":
      return [{ step: "repository-add", facts: {} }, ...log];
    case "remove": {
      const version = step.version === undefined ? {} : { version: step.version };
      return [{ step: "repository-remove", facts: { name: step.name, ...version } }, ...log];
    }
    case "delete":
      return [...log, { step: "repository-sql", facts: { kind: "DELETE", ok } }];
    case "insert":
      return [...log, { step: "repository-sql", facts: { kind: "INSERT", ok } }];
    case "set-status":
      return [...log, { step: "repository-sql", facts: { kind: "UPDATE", ok, status: "installed" } }];
  }
}

function configurationRecords(
  { part, comment, cleanup }: Extract<Step, { kind: "configuration" }>,
  log: readonly Normal[],
  ok: number,
): readonly Normal[] {
  switch (part) {
    case "begin":
      return [...log, { step: "config-begin", facts: { comment } }];
    case "read":
      return [...log, { step: "config-xml-to-db", facts: { cleanup: cleanup ? 1 : 0, ok } }];
    case "deploy":
      return [...log, { step: "config-deploy", facts: { ok } }];
    case "end":
      return [...log, { step: "config-end", facts: { ok } }];
  }
}
