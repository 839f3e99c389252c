import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import { codeDoubt, type Doubt, statementDoubt } from "../../server/src/lifecycle/doubt.ts";
import type { Step } from "../../server/src/lifecycle/plan.ts";
import { basisLine } from "../../server/src/report/basis-line.ts";
import { dryRunFindings } from "../../server/src/report/dry-run-findings.ts";
import { renderHtmlBody } from "../../server/src/report/render-html.ts";
import { toJson } from "../../server/src/report/render-json.ts";
import { renderJunit } from "../../server/src/report/render-junit.ts";
import { renderMarkdown } from "../../server/src/report/render-markdown.ts";
import { renderText } from "../../server/src/report/render-text.ts";
import { makeReport } from "../../server/src/report/report-model.ts";
import { verdictText } from "../../server/src/report/verdict.ts";
import { basisOf } from "../../server/src/system/basis.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { emptySystem, planOf, statement, step, writeFile } from "../support/hand-made-plan.ts";
import { systemNamed } from "../support/system-named.ts";

const spec = "<otrs_package>\n  <Name>Acme</Name>\n</otrs_package>\n";
const span = { start: 17, end: 34 };

/** A step that runs a section of Perl. */
function code(doubt: Doubt | undefined): Step {
  return step(
    {
      kind: "code",
      family: "CodeInstall",
      phase: "post",
      version: undefined,
      code: "1;",
      insight: { modules: [], calls: [], uninstalls: [] },
    },
    { lane: "code", key: "code CodeInstall 1", span, doubt },
  );
}

const open = statement("ALTER TABLE ticket ADD acme INTEGER", {
  span,
  doubt: statementDoubt({ kind: "table", table: "ticket" }, emptySystem.framework),
});

const passedOver = {
  ...statement("CREATE INDEX acme_title ON acme (title)", { span }),
  passedOver: true,
  statement: {
    sql: "CREATE INDEX acme_title ON acme (title)",
    tag: (open as Extract<Step, { kind: "statement" }>).statement.tag,
    change: {
      kind: "add-key",
      table: "acme",
      key: { name: "acme_title", unique: false, columns: [] },
      guard: "skip",
    },
  },
} as Step;

function reportOf(steps: readonly Step[], before: SystemState = emptySystem, applied = false) {
  return makeReport({ plan: planOf(steps, { before }), specText: spec, fileName: "Acme.sopm", applied });
}

function verdictOf(steps: readonly Step[], before?: SystemState, applied?: boolean): [string, string] {
  const { verdict } = reportOf(steps, before, applied);
  return [verdictText(verdict, english), verdict.tone];
}

test("that no step fails is said only where every step is certain", () => {
  const file = writeFile("Kernel/A.pm");
  assert.deepEqual(verdictOf([file]), ["Znuny 7.1.3 would do this, and no step fails.", "good"]);
  assert.deepEqual(verdictOf([file, code(codeDoubt), code(codeDoubt)]), [
    "Znuny 7.1.3 would do this, and no step is known to fail. Sections of Perl code that were not run: 2.",
    "good",
  ]);
  assert.deepEqual(verdictOf([open, open, code(undefined)]), [
    "Znuny 7.1.3 would do this, and no step is known to fail. Statements that could not be judged, because nothing is known of the tables of Znuny 7.1.3: 2.",
    "look",
  ]);
  assert.deepEqual(verdictOf([code(codeDoubt)], emptySystem, true), [
    "Done, and no step is known to fail. Sections of Perl code that were not run: 1.",
    "good",
  ]);
});

test("a failure is told together with what cannot be known", () => {
  const failing = statement("DROP TABLE absent", { outcome: "fails", reason: { text: "There is none." } });
  assert.deepEqual(verdictOf([failing, open]), [
    "Znuny 7.1.3 would report success, although steps fail: 1. Statements that could not be judged, because nothing is known of the tables of Znuny 7.1.3: 1.",
    "look",
  ]);
});

// The last two are releases that nobody knows; the first of them there never was.
for (const [product, release] of [
  ["OTRS 8.0.1", "OTRS 6.0.41"],
  ["Znuny 7.3.1", "Znuny 7.1.7"],
  ["Znuny 7.9.9", "Znuny 7.1.7"],
  ["Znuny 6.9.9", "Znuny 6.5"],
  ["OTOBO 11.9.9", "OTOBO 11.1"],
] as const) {
  test(`${product} is taken for ${release}, and the verdict says so and is not green`, () => {
    assert.deepEqual(verdictOf([writeFile("Kernel/A.pm")], systemNamed(product)), [
      `${product} would do this, and no step is known to fail. ${product} was neither run nor read as a whole: it is assumed to do what ${release} does.`,
      "look",
    ]);
  });
}

test("a release of which not everything is known is not green either", () => {
  assert.deepEqual(verdictOf([writeFile("Kernel/A.pm")], systemNamed("OTRS 4.0.13")), [
    "OTRS 4.0.13 would do this, and no step is known to fail. Not everything is known of OTRS 4.0.13: part of it is assumed to be as in OTRS 3.1. Not everything is known of OTRS 4.0.13: part of it is assumed to be as in OTRS 5.0.",
    "look",
  ]);
});

test("a product or a major version that there never was is no system at all", () => {
  for (const name of ["Znuny 9.9.9", "OTRS 9.9.9", "OTOBO 9.9.9", "OTOBO 12.0.1"])
    assert.equal(readProductVersion(name), undefined);
});

test("what everything rests on is one line, by releases", () => {
  const lineFor = (product: string, database: "mysql" | "oracle" = "mysql") =>
    basisLine(basisOf(systemNamed(product).framework, database), english);
  assert.equal(
    lineFor("Znuny 7.1.3"),
    "Znuny 7.1.7 was run (building, parsing, versions, life cycle, settings, SQL); MariaDB 10.11 was run (MariaDB); Znuny 7.1.7 was read (files, tables)",
  );
  assert.equal(
    lineFor("Znuny 7.3.1", "oracle"),
    "Znuny 7.3 was read (tables); Oracle 19 was read (Oracle); assumed to be as in Znuny 7.1.7 (building, parsing, versions, life cycle, settings, SQL); nothing is known (files)",
  );
});

const all = () => reportOf([writeFile("Kernel/A.pm"), open, passedOver, code(codeDoubt)]);
const reason = "Nothing is known of the tables of Znuny 7.1.3, so that ticket may be there or not.";
const remedy =
  "Name the home of such a framework, in which its tables are written down, or look for ticket in its database.";
const guard =
  "The guard in the statement finds “acme_title”, which is there already, so that nothing is made.";

test("text: what cannot be known has a sign and a word, the reason and what would settle it", () => {
  const text = renderText(all(), { translate: english, width: undefined, colors: false });
  assert.match(text, /^ {2}\? Statements that could not be judged, .*: 1\.$/m);
  assert.match(text, /^ {4}Steps that run: 2, cannot be known: 2, fail: 0/m);
  assert.match(text, /^ {4}Basis: Znuny 7\.1\.7 was run \(/m);
  assert.match(text, /\? Database +\[cannot be known\] Runs SQL: ALTER TABLE ticket/);
  assert.ok(text.includes(`${reason}\n`) && text.includes(`To know it: ${remedy}\n`));
  assert.ok(text.includes(guard));
  assert.match(text, /\? Code +\[cannot be known\] Runs CodeInstall, post \(line 2\)\n +No Perl is run here/);
});

test("Markdown and HTML say the same", () => {
  const markdown = renderMarkdown(all(), english);
  assert.match(markdown, /^Basis: Znuny 7\.1\.7 was run \(/m);
  assert.match(markdown, /^- \? 2 · Database · \*\*cannot be known\*\* · Runs SQL/m);
  for (const sentence of [reason, remedy, guard])
    assert.ok(markdown.replaceAll("\\", "").includes(sentence), sentence);
  const html = renderHtmlBody(all(), { translate: english, interactive: false });
  assert.match(html, /<p class="basis">Basis: Znuny 7\.1\.7 was run/);
  assert.match(html, /<li class="step unknown" /);
  assert.match(html, /<b>2<\/b> cannot be known/);
  for (const sentence of [reason, remedy, guard]) assert.ok(html.includes(sentence), sentence);
});

test("JSON: what is not certain, why, and what each step rests on", () => {
  const json = toJson(all(), english);
  assert.deepEqual(json.counts, { runs: 4, unknown: 2, fails: 0, skipped: 0, never: 0 });
  assert.deepEqual(
    json.steps.map(({ certain, certainty }) => [certain, certainty]),
    [
      [true, "run"],
      [false, "run"],
      [true, "run"],
      [false, "run"],
    ],
  );
  assert.deepEqual(json.steps[1]!.doubt, { id: "framework-tables", reason, remedy });
  assert.equal((json.steps[2]!.detail as { passedOver: boolean }).passedOver, true);
  assert.deepEqual(json.basis.at(-1), { area: "mysql", certainty: "run", release: "MariaDB 10.11" });
  const assumed = toJson(reportOf([open], systemNamed("Znuny 7.2.1")), english);
  assert.equal(assumed.steps[0]!.certainty, "assumed");
});

test("JUnit: what cannot be known was not tested", () => {
  const xml = renderJunit(all(), english);
  assert.match(xml, /tests="5" failures="0" errors="0" skipped="2"/);
  assert.ok(xml.includes(`<skipped message="${reason} ${remedy}"/>`));
  assert.ok(xml.includes(`<system-out>${guard}</system-out>`));
  assert.match(xml, /<system-out>Znuny 7\.1\.3 would do this, and no step is known to fail\./);
});

test("Problems: statements that cannot be known, and those that a guard passes over, but not every section of code", () => {
  const findings = dryRunFindings(all(), span).map(({ id, severity, message, arguments: values }) => [
    id,
    severity,
    english(message, values),
  ]);
  assert.deepEqual(findings, [
    ["cannot-be-known", "information", reason],
    ["passed-over", "information", guard],
  ]);
});
