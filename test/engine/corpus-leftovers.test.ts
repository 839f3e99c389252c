import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenTexts, databaseErrorTexts } from "../../server/src/database/database-error.ts";
import type { DryRunReport } from "../../server/src/report/report-model.ts";
import type { SystemDifference } from "../../server/src/report/system-difference.ts";
import { corpusRun, corpusRuns, titleOf } from "../support/corpus-runs.ts";
import { sharedFolder } from "../support/shared.ts";

/**
 * What real packages leave behind when they are uninstalled. With SOPM_FULL=1 all of them on every product they fit;
 * with SOPM_PRINT=1 also the table of what is left, and the figures of all operations.
 */
const corpus = sharedFolder("corpus");
const isPrinting = process.env.SOPM_PRINT === "1";
const runs = corpusRuns(corpus, isPrinting || process.env.SOPM_FULL === "1");

test("real packages leave the tables that they do not drop, and no others", { skip: !corpus }, () => {
  const lines: string[] = [];
  let tables = 0;
  for (const { place, database } of runs) {
    const { dryRun, specText } = corpusRun(place, database, "uninstall");
    const { plan, report } = dryRun;
    if (plan.verdict !== "success" || plan.installedVersion === undefined) continue;
    const left = report.leftovers?.database.added.map(({ name }) => name) ?? [];
    if (specText !== undefined && !place.force) {
      const failed = plan.steps.filter(({ kind, outcome }) => kind === "statement" && outcome === "fails");
      // A table of the framework was there before, so that the package could not make it.
      const { knowledge } = plan.after.framework;
      const expected = tablesMade(specText).filter(
        (name) =>
          !knowledge.table(name) &&
          (!tablesDropped(specText).includes(name) || failed.some(({ key }) => key.includes(`(${name})`))),
      );
      assert.deepEqual([...left].sort(), [...new Set(expected)].sort(), `${titleOf(place)}, ${database}`);
    }
    tables += left.length;
    const what = describeLeftovers(report.leftovers);
    if (what !== "") lines.push(`${titleOf(place)}, ${database}: ${what}`);
  }
  assert.ok(tables > 0, "some package forgets one");
  if (isPrinting) console.log(["left behind:", ...lines].join("\n  "));
});

/** Tables that an install makes, as far as a look at the text tells. */
function tablesMade(text: string): readonly string[] {
  return namesIn(text, "DatabaseInstall", "TableCreate");
}

function tablesDropped(text: string): readonly string[] {
  return namesIn(text, "DatabaseUninstall", "TableDrop");
}

function namesIn(text: string, section: string, element: string): readonly string[] {
  const withoutComments = text.replace(/<!--.*?-->/gs, "");
  const sections = withoutComments.match(new RegExp(`<${section}\\b.*?</${section}>`, "gs")) ?? [];
  const names = sections.join("").matchAll(new RegExp(`<${element}\\s[^>]*?\\bName="([^"]*)"`, "g"));
  return [...names].map(([, name]) => name!);
}

/** Folders are left by all that have folders of their own. */
function describeLeftovers(left: SystemDifference | undefined): string {
  if (!left) return "";
  const { added, changed } = left.database;
  const columns = changed.flatMap(({ table, addedColumns }) =>
    addedColumns.map(({ name }) => `${table}.${name}`),
  );
  const rows = changed.flatMap(({ table, addedRows }) =>
    addedRows.length > 0 ? [`${addedRows.length} in ${table}`] : [],
  );
  const files = left.files.filter(({ after }) => after?.kind !== "folder").map(({ path }) => path);
  const parts = {
    tables: added.map(({ name }) => name),
    columns,
    rows,
    files,
    settings: left.settings.map(({ name }) => name),
  };
  return Object.entries(parts)
    .filter(([, names]) => names.length > 0)
    .map(([part, names]) => `${part} ${names.join(", ")}`)
    .join("; ");
}

if (corpus !== undefined && isPrinting) test("figures of all operations on real packages", printFigures);

function printFigures(): void {
  const figures = new Map<string, Set<string>>();
  const count = (what: string, where: string) =>
    figures.set(what, (figures.get(what) ?? new Set()).add(where));
  for (const { place, database } of runs) {
    for (const operation of ["install", "reinstall", "upgrade", "uninstall"] as const) {
      for (const earlier of operation === "upgrade" ? [undefined, "0.0.1"] : [undefined]) {
        const { report } = corpusRun(place, database, operation, earlier).dryRun;
        countReport(report, (what) => count(`${operation}: ${what}`, `${titleOf(place)}, ${database}`));
      }
    }
  }
  const lines = [...figures].sort().map(([what, where]) => `${what}: ${where.size}`);
  console.log(["figures, in packages on products and databases:", ...lines].join("\n  "));
}

function countReport(report: DryRunReport, count: (what: string) => void): void {
  count(`verdict ${report.verdict.kind}`);
  for (const { check } of report.refusals) count(`refused by ${check}`);
  for (const step of report.steps) {
    if (step.outcome === "never") count(`never: ${step.quirks.join() || step.kind}`);
    if (step.outcome === "fails") count(`fails: ${step.kind} ${idOf(step.reason?.text)}`);
    if (step.outcome === "skipped" && step.kind !== "check") count(`skipped: ${step.kind}`);
    for (const quirk of step.quirks) count(`quirk ${quirk}`);
  }
}

const idsByText = new Map<string, string>(
  Object.entries({ ...databaseErrorTexts, ...brokenTexts }).map(([id, text]) => [text, id]),
);

function idOf(text: string | undefined): string {
  return (text !== undefined && idsByText.get(text)) || "";
}
