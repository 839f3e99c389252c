import assert from "node:assert/strict";
import { test } from "node:test";
import { databaseDifference } from "../../server/src/database/database-difference.ts";
import type { DryRun } from "../../server/src/engine/try-operation.ts";
import { english, type Message } from "../../server/src/l10n/translate.ts";
import { type Operation, operations } from "../../server/src/lifecycle/operation.ts";
import type { Plan, Step } from "../../server/src/lifecycle/plan.ts";
import { renderDryRunSchema } from "../../server/src/report/json-schema.ts";
import { renderHtmlDocument } from "../../server/src/report/render-html.ts";
import { toJson } from "../../server/src/report/render-json.ts";
import { renderMarkdown } from "../../server/src/report/render-markdown.ts";
import { renderText } from "../../server/src/report/render-text.ts";
import type { Element } from "../../server/src/syntax/element.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { ChangedSystem } from "../../server/src/system/changed-system.ts";
import { homePath } from "../../server/src/system/home-path.ts";
import { corpusRun, corpusRuns, titleOf } from "../support/corpus-runs.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { sharedFolder } from "../support/shared.ts";

const corpus = sharedFolder("corpus");
const runs = corpusRuns(corpus, process.env.SOPM_FULL === "1");

for (const operation of operations) {
  test(`${operation} of real packages`, { skip: !corpus }, () => {
    let steps = 0;
    for (const [index, { place, database }] of runs.entries()) {
      // An upgrade from long ago runs what one from the version before skips.
      const earlierVersion = index % 2 === 0 ? "0.0.1" : undefined;
      const { dryRun, specText } = corpusRun(place, database, operation, earlierVersion);
      steps += dryRun.plan.steps.length;
      try {
        checkPlan(dryRun.plan);
        checkOutcome[operation](dryRun);
        checkReport(dryRun, corpusRun(place, database, operation, earlierVersion).dryRun);
        if (specText !== undefined) checkSections(dryRun.plan, specText);
      } catch (error) {
        throw new Error(`${operation} of ${titleOf(place)} with ${database}`, { cause: error });
      }
    }
    assert.ok(runs.length > 100 && steps > 20 * runs.length, `${runs.length} plans, ${steps} steps`);
  });
}

/** What is true of every plan, whatever the package. */
function checkPlan(plan: Plan): void {
  const { steps, verdict, refusals } = plan;
  assert.deepEqual(
    steps.map(({ number }) => number),
    steps.map((_, index) => index + 1),
  );
  assert.equal(new Set(steps.map(({ key }) => key)).size, steps.length, "keys tell steps apart");
  assert.equal(verdict === "success", refusals.length === 0);
  for (const step of steps) {
    const isDone = step.outcome === "runs" || (step.outcome === "fails" && step.kind !== "statement");
    assert.ok(isDone || step.changes.length === 0, `${step.key} changes something, but ${step.outcome}`);
    assert.equal(step.reason === undefined, step.outcome === "runs", `the reason of ${step.key}`);
    for (const message of messagesOf(step)) checkMessage(message);
    for (const path of pathsOf(step)) assert.equal(homePath(path), path, `${step.key} leaves the home`);
  }
  for (const refusal of refusals) checkMessage(refusal);
  checkFold(plan);
}

function messagesOf(step: Step): readonly Message[] {
  return [step.reason, step.remains].filter((message) => message !== undefined);
}

function checkMessage({ text, values = {} }: Message): void {
  for (const [, name] of text.matchAll(/\{(\w+)\}/g)) assert.ok(name! in values, `no ${name} for “${text}”`);
}

function pathsOf({ changes }: Step): readonly string[] {
  return changes.flatMap((change) => {
    if (change.part !== "home") return [];
    return "path" in change.change ? [change.change.path] : [change.change.from, change.change.to];
  });
}

/** The changes of the steps, one after the other, make the system after of the system before. */
function checkFold({ steps, before, after }: Plan): void {
  const folded = new ChangedSystem(before);
  for (const { changes } of steps) for (const change of changes) folded.apply(change);
  assert.deepEqual(folded.packages, after.packages);
  assert.deepEqual(databaseDifference(folded.database, after.database), noDifference);
  assert.deepEqual([...folded.settings], [...after.settings]);
  for (const path of steps.flatMap(pathsOf))
    assert.deepEqual(folded.home.entry(path), after.home.entry(path), path);
}

const noDifference = { added: [], removed: [], changed: [] };

/** What is true of the system after an operation that reports success. */
const checkOutcome: Readonly<Record<Operation, (dryRun: DryRun) => void>> = {
  install: ({ plan }) => checkRegistered(plan),
  upgrade: ({ plan }) => checkRegistered(plan),
  reinstall({ plan }) {
    assert.deepEqual(databaseDifference(plan.before.database, plan.after.database), noDifference);
    assert.equal(plan.before.packages, plan.after.packages);
  },
  uninstall({ plan, report }) {
    if (plan.verdict !== "success") return;
    assert.ok(!plan.after.packages.some(({ name }) => name === plan.package.name));
    for (const step of plan.steps) {
      if (step.kind !== "remove-file" || step.outcome === "fails") continue;
      const path = homePath(step.location)!;
      const { home } = plan.after;
      const entry = home.entry(path);
      if (home.isFrameworkFile(path)) assert.ok(entry?.kind === "file" && entry.content === "unknown", path);
      else assert.equal(entry, undefined, path);
      for (const ending of ["save", "backup"]) assert.equal(home.entry(`${path}.${ending}`), undefined, path);
    }
    // Nobody has changed the files, so that no copies are kept.
    const kinds = (report.leftovers?.files ?? []).map(({ change, after }) => `${change} ${after?.kind}`);
    assert.deepEqual(
      [...new Set(kinds)].filter((kind) => kind !== "added folder"),
      [],
    );
    assert.deepEqual(report.leftovers?.packages ?? [], []);
  },
};

function checkRegistered({ verdict, package: { name, version }, before, after }: Plan): void {
  const own = after.packages.filter((row) => row.name === name);
  if (verdict !== "success") return;
  assert.deepEqual(
    own.map((row) => [row.version, row.status]),
    [[version, "installed"]],
  );
  assert.deepEqual(
    after.packages.filter((row) => row.name !== name),
    before.packages.filter((row) => row.name !== name),
  );
}

const schema = JSON.parse(renderDryRunSchema());

function checkReport({ report }: DryRun, again: DryRun): void {
  const json = toJson(report, english);
  const plain = JSON.parse(JSON.stringify(json));
  assert.deepEqual(schemaProblems(plain, schema), []);
  assert.deepEqual(plain, JSON.parse(JSON.stringify(toJson(again.report, english))), "twice the same");
  const text = renderText(report, { translate: english, width: 100, colors: false });
  for (const part of [english(report.verdict.sentence.text, report.verdict.sentence.values), report.product])
    assert.ok(text.replace(/\s+/g, " ").includes(part), part);
  assert.ok(renderMarkdown(report, english).includes(report.product));
  const html = renderHtmlDocument(report, {
    translate: english,
    interactive: false,
    language: "en",
    nonce: "N",
  });
  assert.doesNotMatch(html, /<script|javascript:|\son\w+=|<iframe|<object/i);
  for (const message of report.assumptions) checkMessage(message);
}

/**
 * What becomes of sections that have a version or a phase, worked out from the text of the spec once more. The rules
 * are those of Znuny 7.1 and OTOBO 11, PackageUpgrade and PackageReinstall.
 */
function checkSections(
  { steps, verdict, operation, installedVersion = "", package: own }: Plan,
  text: string,
) {
  const root = SyntaxTree.parse(text).root;
  if (verdict !== "success" || !root) return;
  const expectAll = (element: Element, allowed: readonly string[]) => {
    if (element.attribute("IfPackage") ?? element.attribute("IfNotPackage")) return;
    const { start, end } = element.span;
    const inside = steps.filter(({ span }) => span && start <= span.start && span.end <= end);
    const wrong = inside.filter(({ outcome }) => !allowed.includes(outcome));
    assert.deepEqual(
      wrong.map(({ key, outcome }) => `${key}: ${outcome}`),
      [],
      text.slice(start, end).slice(0, 200),
    );
    checked += inside.length;
  };
  if (operation === "reinstall")
    for (const section of root.childrenNamed("DatabaseReinstall")) expectAll(section, ["never"]);
  if (operation !== "upgrade") return;
  for (const section of root.childrenNamed("DatabaseUpgrade")) {
    const phase = section.value("Type");
    if (phase !== "pre" && phase !== "post") continue;
    for (const element of section.elements) {
      const version = element.value("Version");
      if (phase === "pre" || version === undefined) expectAll(element, ["never"]);
      else if (isPlain(version))
        expectAll(element, isAbove(version, installedVersion) ? ["runs", "fails"] : ["skipped"]);
    }
  }
  for (const section of root.childrenNamed("CodeUpgrade")) {
    const version = section.value("Version");
    if (!/^(pre|post)$/.test(section.value("Type") ?? "") || (version !== undefined && !isPlain(version)))
      continue;
    const runs =
      version === undefined || (isAbove(version, installedVersion) && !isAbove(version, own.version ?? ""));
    expectAll(section, runs ? ["runs", "fails"] : ["skipped"]);
  }
}

let checked = 0;
test("sections with versions and phases are among the real packages", { skip: !corpus }, () => {
  assert.ok(checked > 100, `${checked} steps`);
});

function isPlain(version: string): boolean {
  return /^(0|[1-9]\d*)(\.(0|[1-9]\d*))*$/.test(version);
}

function isAbove(version: string, other: string): boolean {
  const [left, right] = [version.split(".").map(Number), other.split(".").map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
