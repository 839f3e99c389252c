import type { NewColumn } from "../database/schema-change.ts";
import type { Table } from "../database/table.ts";
import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import type { Span } from "../text/span.ts";
import { describeStep, phaseOf } from "./describe-step.ts";
import { jsonText } from "./json-text.ts";
import type { DryRunReport } from "./report-model.ts";
import { stepCertainty } from "./step-certainty.ts";
import { quirkOf } from "./step-notes.ts";
import type { EntryFacts, SystemDifference } from "./system-difference.ts";
import { verdictText } from "./verdict.ts";
import { measuredJson } from "./verified-json.ts";

/** The version of the form below; it grows when something is removed or changes its meaning. */
export const jsonVersion = 1;

/**
 * The report for other programs, complete, as `schemas/dry-run.schema.json` describes it. Everything has a value;
 * null stands for what is not there. Identifiers are the same in every language, texts are in the reader's.
 */
export function renderJson(report: DryRunReport, translate: Translate): string {
  return jsonText(toJson(report, translate));
}

/** The same before it becomes text. */
export function toJson(report: DryRunReport, translate: Translate) {
  const textOf = (message: Message) => messageText(message, translate);
  const place = (span: Span | undefined) => placeOf(report, span);
  return {
    version: jsonVersion,
    operation: report.operation,
    entrance: report.entrance,
    force: report.force,
    documented: report.documented,
    applied: report.applied,
    product: report.product,
    database: report.database,
    file: report.fileName ?? null,
    package: {
      name: report.package.name ?? null,
      version: report.package.version ?? null,
      vendor: report.package.vendor ?? null,
    },
    installedVersion: report.installedVersion ?? null,
    verdict: {
      kind: report.verdict.kind,
      needsAttention: report.verdict.needsAttention,
      sentence: verdictText(report.verdict, translate),
      doubts: report.verdict.doubts.map(textOf),
    },
    assumptions: report.assumptions.map(textOf),
    refusals: report.refusals.map((refusal) => ({
      check: refusal.check,
      message: textOf(refusal),
      ...place(refusal.span),
    })),
    counts: { ...report.counts, runs: report.counts.runs + report.counts.unknown },
    inputs: report.inputs
      ? {
          package: report.inputs.package,
          files: report.inputs.files ?? null,
          system: { digest: report.inputs.system },
        }
      : null,
    basis: report.basis.map(({ area, certainty, release }) => ({
      area,
      certainty,
      release: release ?? null,
    })),
    onTestSystems: report.kept ? { product: report.kept.product, ...report.kept.count } : null,
    steps: report.steps.map((step) => ({
      number: step.number,
      key: step.key,
      kind: step.kind,
      lane: step.lane,
      phase: phaseOf(step) ?? null,
      operation: step.operation,
      depth: step.depth,
      title: textOf(describeStep(step)),
      outcome: step.outcome,
      certain: step.doubt === undefined,
      doubt: step.doubt
        ? { id: step.doubt.id, reason: textOf(step.doubt.reason), remedy: textOf(step.doubt.remedy) }
        : null,
      certainty: stepCertainty(step, report.basis, report.database),
      assumed: step.assumed,
      reason: step.reason ? textOf(step.reason) : null,
      remains: step.remains ? textOf(step.remains) : null,
      ...place(step.span),
      log: step.log.map((entry) => ({ id: entry.id, priority: entry.priority, message: textOf(entry) })),
      quirks: step.quirks.map((id) => {
        const quirk = quirkOf(id);
        return { id, title: quirk ? textOf(quirk.title) : id, note: quirk ? textOf(quirk.note) : "" };
      }),
      detail: detailOf(step, textOf),
    })),
    differences: differenceToJson(report.difference),
    leftovers: report.leftovers ? differenceToJson(report.leftovers) : null,
    promise: report.promise
      ? {
          verdict: report.promise.verdict,
          end: report.promise.end ? textOf(report.promise.end) : null,
          steps: report.promise.steps.map(({ key, title, actual, promised }) => ({
            key,
            title: textOf(title),
            actual: actual ?? null,
            promised: promised ?? null,
          })),
        }
      : null,
    oldest: report.oldest
      ? {
          product: report.oldest.product,
          verdict: report.oldest.verdict,
          refusal: report.oldest.refusal ? textOf(report.oldest.refusal) : null,
          steps: report.oldest.steps.map(({ key, title, here, there, reason }) => ({
            key,
            title: textOf(title),
            here: here ?? null,
            there: there ?? null,
            reason: reason ? textOf(reason) : null,
          })),
        }
      : null,
    measured: report.measured ? measuredJson(report.measured, report.placeOf, translate) : null,
    intros: report.intros.map(({ phase, where, title, text, span }) => ({
      phase,
      where,
      title,
      text,
      ...place(span),
    })),
  };
}

interface JsonPlace {
  readonly line: number | null;
  readonly column: number | null;
}

/** Both from 1. */
function placeOf(report: DryRunReport, span: Span | undefined): JsonPlace {
  const place = report.placeOf(span);
  return { line: place?.line ?? null, column: place?.column ?? null };
}

/** What only steps of one kind have. */
function detailOf(step: Step, textOf: (message: Message) => string) {
  switch (step.kind) {
    case "begin":
    case "merge-begin":
      return {};
    case "end":
    case "merge-end":
      return { success: step.success };
    case "check":
      return { check: step.check, forced: step.forced };
    case "code-phase-begin":
    case "code-phase-end":
      return { family: step.family, candidates: step.candidates, success: step.success };
    case "code":
      return {
        family: step.family,
        version: step.version ?? null,
        code: step.code,
        modules: step.insight.modules.map(({ name, loadable }) => ({ name, loadable: loadable ?? null })),
        calls: step.insight.calls,
        uninstalls: step.insight.uninstalls.map(({ name, isSure, isInstalled }) => ({
          name: name ?? null,
          isSure,
          isInstalled,
        })),
      };
    case "database-phase-begin":
    case "database-phase-end":
      return { family: step.family, elements: step.elements };
    case "database-element":
      return { family: step.family, element: step.element };
    case "statement":
      return {
        family: step.family,
        list: step.list,
        sql: step.statement.sql,
        passedOver: step.passedOver ?? false,
      };
    case "write-file":
      return {
        location: step.location,
        permission: step.permission ?? null,
        type: step.type ?? null,
        existedBefore: step.existedBefore,
        savedTo: step.savedTo ?? null,
        madeFolders: step.madeFolders,
      };
    case "remove-file":
      return {
        location: step.location,
        existedBefore: step.existedBefore,
        savedTo: step.savedTo ?? null,
        restoredFrom: step.restoredFrom ?? null,
      };
    case "package-table":
      return { action: step.action, name: step.name ?? null, version: step.version ?? null };
    case "configuration":
      return {
        part: step.part,
        comment: step.comment,
        cleanup: step.cleanup,
        losses: step.losses.map((loss) => {
          const { location, line, lost, isOpen } = loss;
          return { location, line, lost, isCertain: !isOpen, message: textOf(loss) };
        }),
      };
    case "clear-cache":
      return { cache: step.cache };
    case "event":
      return { event: step.event };
  }
}

function differenceToJson({ files, packages, database, settings }: SystemDifference) {
  return {
    files: files.map(({ path, change, before, after }) => ({
      path,
      change,
      before: entryToJson(before),
      after: entryToJson(after),
    })),
    packages,
    tables: [
      ...database.removed.map((table) => tableToJson("removed", table)),
      ...database.added.map((table) => tableToJson("added", table)),
      ...database.changed.map(({ table, ...parts }) => ({
        name: table,
        change: "changed" as const,
        addedColumns: parts.addedColumns.map(columnToJson),
        removedColumns: parts.removedColumns.map(columnToJson),
        changedColumns: parts.changedColumns.map(({ before, after }) => ({
          before: columnToJson(before),
          after: columnToJson(after),
        })),
        addedKeys: parts.addedKeys,
        removedKeys: parts.removedKeys,
        addedRows: parts.addedRows,
        removedRows: parts.removedRows,
      })),
    ],
    settings: settings.map(({ name, change, before, after }) => ({
      name,
      change,
      before: before?.value ?? null,
      after: after?.value ?? null,
    })),
  };
}

/** A whole table: everything in it came or went with it. */
function tableToJson(change: "added" | "removed", { name, columns, keys, foreignKeys, rows }: Table) {
  const own = {
    columns: columns.map(columnToJson),
    keys: [...keys, ...foreignKeys].map((key) => key.name),
    rows: rows ?? [],
  };
  const nothing = { columns: [], keys: [], rows: [] };
  const [added, removed] = change === "added" ? [own, nothing] : [nothing, own];
  return {
    name,
    change,
    addedColumns: added.columns,
    removedColumns: removed.columns,
    changedColumns: [],
    addedKeys: added.keys,
    removedKeys: removed.keys,
    addedRows: added.rows,
    removedRows: removed.rows,
  };
}

function columnToJson({ name, type, nullable, default: value }: NewColumn) {
  return { name, type, nullable, default: value ?? null };
}

function entryToJson(entry: EntryFacts | undefined) {
  if (!entry) return null;
  const { kind, mode, size } = entry;
  return { kind, mode: mode === undefined ? null : mode.toString(8), size: size ?? null };
}
