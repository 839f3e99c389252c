import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Block, FailedStep, TriedPath } from "../proof/upgrade-paths.ts";
import type { Span } from "../text/span.ts";
import { jsonText } from "./json-text.ts";
import type { MatrixColumn, MatrixReport, Told } from "./matrix-report.ts";
import { differenceText } from "./matrix-words.ts";

/** The version of the form below; it grows when something is removed or changes its meaning. */
const matrixJsonVersion = 1;

/** A matrix for other programs, as `schemas/matrix.schema.json` describes it. Null stands for what is not there. */
export function renderMatrixJson(report: MatrixReport, translate: Translate): string {
  return jsonText(matrixToJson(report, translate));
}

/** The same before it becomes text. */
function matrixToJson(report: MatrixReport, translate: Translate) {
  const textOf = (message: Message) => messageText(message, translate);
  const place = (span: Span | undefined) => {
    const found = report.placeOf(span);
    return { line: found?.line ?? null, column: found?.column ?? null };
  };
  const told = <Thing, Json extends object>(list: readonly Told<Thing>[], toJson: (thing: Thing) => Json) =>
    list.map(({ thing, starts, isStepByStep, columns }) => ({
      ...toJson(thing),
      starts: starts.filter((start) => start !== undefined),
      stepByStep: isStepByStep,
      systems: columns.map(toSystem),
    }));
  const toFailure = (failed: FailedStep) => ({
    operation: failed.operation,
    version: failed.version ?? null,
    step: failed.label,
    message: textOf(failed.reason),
    ...place(failed.span),
  });
  const toBlock = ({ label, version, outcome, reason, span }: Block) => ({
    element: label,
    version: version ?? null,
    outcome,
    reason: reason ? textOf(reason) : null,
    ...place(span),
  });
  const toCell = (cell: TriedPath, index: number) => ({
    ...toSystem(report.columns[index]!),
    verdict: cell.verdict,
    runsCode: cell.runsCode,
    blocks: cell.blocks.map(toBlock),
  });
  return {
    version: matrixJsonVersion,
    file: report.fileName ?? null,
    package: { name: report.package.name ?? null, version: report.package.version ?? null },
    since: report.since ?? null,
    passedOver: report.passedOver,
    notes: report.notes.map(textOf),
    versions: report.starts.map(({ version, source }) => ({ version, source: source ?? null })),
    systems: report.columns.map(toSystem),
    counts: report.counts,
    paths: report.rows.map(({ start, kind, cells }) => ({
      start: start ?? null,
      kind,
      via: cells[0]?.via ?? [],
      cells: cells.map(toCell),
    })),
    differences: told(report.differences, (difference) => ({
      kind: difference.kind,
      table: difference.table === "" ? null : difference.table,
      name: difference.name === "" ? null : difference.name,
      fresh: difference.fresh ?? null,
      upgraded: difference.other ?? null,
      operation: difference.operation,
      cause: difference.parting.cause,
      message: textOf(differenceText(difference)),
      ...place(difference.parting.tag?.element.span),
    })),
    failures: told(report.failures, toFailure),
    refusals: told(report.refusals, (message) => ({ message: textOf(message) })),
    open: told(report.open, ({ kind, subject, reason }) => ({ kind, subject, message: textOf(reason) })),
    earlierFailures: told(report.earlierFailures, toFailure),
  };
}

function toSystem({ product, database }: MatrixColumn) {
  return { product, database };
}
