import { isSameName } from "../database/table.ts";
import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import type { PackageStructure } from "../model/package-structure.ts";
import type { Span } from "../text/span.ts";
import { describeStep, passedOver } from "./describe-step.ts";
import type { DryRunReport } from "./report-model.ts";
import { isWorthShowing } from "./timeline.ts";

/** What a dry run found at a place of the spec. It stays true until the spec changes. */
export interface DryRunFinding {
  readonly id:
    | "refused"
    | "step-fails"
    | "step-never-runs"
    | "cannot-be-known"
    | "passed-over"
    | "left-behind";
  readonly severity: "error" | "warning" | "information";
  readonly span: Span;
  /** English, with placeholders. */
  readonly message: string;
  readonly arguments: MessageArguments;
  /** Other files of the package that it is about, as the package lists them; absent for the spec itself. */
  readonly files?: readonly string[];
}

/** What a check of the spec has found, as far as it can be the cause of what a dry run finds. */
export interface ToldFinding {
  readonly span: Span;
  readonly severity: "error" | "warning" | "information" | "hint";
  /** Another file of the package that the span lies in; absent for the spec itself. */
  readonly file?: { readonly path: string };
}

/**
 * Leaves out what the check of the spec tells at its cause: an error in what is refused or fails, at least a warning in
 * what never runs or is left behind. Once that is mended, what has another cause comes up.
 *
 * @param fallback where findings stand that have no place of their own, of which nothing can be told
 */
export function withoutTold(
  findings: readonly DryRunFinding[],
  told: readonly ToldFinding[],
  fallback: Span,
): readonly DryRunFinding[] {
  return findings.filter(({ id, span, files }) => {
    const grave = causesOf[id];
    if (!grave || span === fallback) return true;
    const causes = told.filter(({ severity }) => grave.includes(severity));
    if (files) return !files.every((path) => causes.some(({ file }) => file?.path === path));
    return !causes.some(
      (cause) => !cause.file && span.start <= cause.span.start && cause.span.end <= span.end,
    );
  });
}

/** How grave a finding has to be that tells the cause of another; absent for what a check of the spec cannot know. */
const causesOf: Readonly<Partial<Record<DryRunFinding["id"], readonly ToldFinding["severity"][]>>> = {
  refused: ["error"],
  "step-fails": ["error"],
  "step-never-runs": ["error", "warning"],
  "left-behind": ["error", "warning"],
};

/**
 * What a reader of the spec should see where it stands.
 *
 * @param fallback where to put what stands nowhere in the spec, such as the name of the root element
 * @param structure of the same spec, to find the tags that make the tables that are left behind
 */
export function dryRunFindings(
  report: DryRunReport,
  fallback: Span,
  structure?: PackageStructure,
): readonly DryRunFinding[] {
  return [
    ...report.refusals.map(
      (refusal): DryRunFinding => ({
        ...(report.verdict.kind === "unknown"
          ? ({ id: "cannot-be-known", severity: "warning" } as const)
          : ({ id: "refused", severity: "error" } as const)),
        span: refusal.span ?? fallback,
        message: refusal.text,
        arguments: refusal.values ?? {},
      }),
    ),
    ...distinct(report.steps.flatMap((step) => findingOf(step))),
    ...(report.leftovers?.database.added ?? []).map(
      ({ name }): DryRunFinding => ({
        id: "left-behind",
        severity: "warning",
        span: (structure && spanOfTable(structure, name)) ?? fallback,
        message: leftTable.text,
        arguments: { table: name },
      }),
    ),
  ];
}

/** Of a table that is there behind an uninstall. */
export const leftTable: Message = {
  text: "The table {table} is still there after an uninstall. Drop it in DatabaseUninstall, unless its rows are to be kept.",
};

/** The tag that creates a table, or gives it its name. */
export function spanOfTable({ database }: PackageStructure, table: string): Span | undefined {
  for (const family of ["DatabaseInstall", "DatabaseUpgrade"] as const) {
    for (const tags of database[family].values()) {
      for (const tag of tags) {
        if (tag.kind !== "start") continue;
        const { attributes } = tag;
        const name = tag.name === "TableCreate" ? attributes.get("Name") : attributes.get("NameNew");
        if (name !== undefined && isSameName(name, table)) return tag.element.startTagSpan;
      }
    }
  }
  return undefined;
}

function findingOf(step: Step): DryRunFinding[] {
  // A check that fails is told by its refusal.
  if (!step.span || step.lane === "check" || !isWorthShowing(step)) return [];
  // That no code is run is so for every section, and told by the verdict.
  if (step.doubt && step.doubt.id !== "code") {
    return [informationOf("cannot-be-known", step.span, step.doubt.reason)];
  }
  if (step.kind === "statement" && step.passedOver && step.statement.change) {
    return [informationOf("passed-over", step.span, passedOver(step.statement.change))];
  }
  if (step.outcome !== "fails" && step.outcome !== "never") return [];
  const message = step.reason ?? describeStep(step);
  const files = step.kind === "configuration" ? step.losses.map(({ location }) => location) : [];
  return [
    {
      id: step.outcome === "fails" ? "step-fails" : "step-never-runs",
      // What never runs does no harm by itself, and may be there for another framework.
      severity: step.outcome === "fails" ? "error" : "warning",
      span: step.span,
      message: message.text,
      arguments: message.values ?? {},
      ...(files.length > 0 && { files }),
    },
  ];
}

function informationOf(
  id: DryRunFinding["id"],
  span: Span,
  { text: message, values = {} }: Message,
): DryRunFinding {
  return { id, severity: "information", span, message, arguments: values };
}

/** One tag can make several statements that fail for the same reason. */
function distinct(findings: readonly DryRunFinding[]): readonly DryRunFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ span, message, arguments: values }) => {
    const key = `${span.start} ${message} ${JSON.stringify(values)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
