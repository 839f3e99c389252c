import type { SqlStatement } from "../database/sql-script.ts";
import type { Message } from "../l10n/translate.ts";
import type { Lane, Step } from "../lifecycle/plan.ts";
import type { Span } from "../text/span.ts";
import { type Answer, answerOf } from "./answer.ts";

/** What a report shows in one row: a step, or many that are alike. */
export type TimelineEntry =
  | { readonly kind: "step"; readonly lane: Lane; readonly step: Step }
  | {
      readonly kind: "group";
      readonly lane: Lane;
      readonly answer: Answer;
      readonly title: Message;
      /** Several, in the order they come. */
      readonly steps: readonly Step[];
      /** The one that speaks for them: the one that does something, or the first of those that are alike. */
      readonly speaker: Step;
      /** The place that all of them have; undefined where they have different ones. */
      readonly span: Span | undefined;
    };

/**
 * The steps as a reader wants them: what only brackets other steps is left out, and long runs of files or statements
 * that have nothing to tell become one row. What fails or is odd keeps a row of its own, unless hundreds of steps are
 * odd in the same way.
 */
export function timelineOf(steps: readonly Step[]): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (let index = 0; index < steps.length; ) {
    const step = steps[index]!;
    if (!isWorthShowing(step)) {
      index++;
      continue;
    }
    const end = isGrouped(step) ? endOfRun(steps, index) : index + 1;
    entries.push(
      ...(end - index < smallestGroup
        ? guardsAndSingles(steps.slice(index, end))
        : entriesOf(steps.slice(index, end))),
    );
    index = end;
  }
  return entries;
}

/** The answer of a row: of several steps that of the last, which does what they are there for, or of all. */
export function answerOfEntry(entry: TimelineEntry): Answer {
  return entry.kind === "step" ? answerOf(entry.step) : entry.answer;
}

/** Whether a step does something: those that only bracket others count for nothing. */
export function isWorthShowing(step: Step): boolean {
  if (step.outcome !== "runs" || step.quirks.length > 0) return true;
  if (step.log.some(({ priority }) => priority === "error")) return true;
  switch (step.kind) {
    case "begin":
    case "code-phase-begin":
    case "code-phase-end":
    case "database-phase-begin":
    case "database-phase-end":
      return false;
    // Adding and removing consist of these.
    case "package-table":
      return step.action !== "insert" && step.action !== "delete";
    case "configuration":
      return step.part === "read" || step.part === "deploy";
    default:
      return true;
  }
}

/** Fewer steps than these are shown one by one. */
const smallestGroup = 6;
/** As many steps that fail in the same way are shown one by one. */
const shownFailures = 20;

type GroupedStep = Extract<Step, { readonly kind: "write-file" | "remove-file" | "statement" }>;

function isGrouped(step: Step): step is GroupedStep {
  return step.kind === "write-file" || step.kind === "remove-file" || step.kind === "statement";
}

/** The index behind the steps of the same kind that begin at `start`. */
function endOfRun(steps: readonly Step[], start: number): number {
  const first = steps[start]!;
  let end = start + 1;
  while (end < steps.length && isSameRun(steps[end]!, first)) end++;
  return end;
}

function isSameRun(step: Step, first: Step): boolean {
  if (step.kind !== first.kind || step.depth !== first.depth) return false;
  if (step.kind !== "statement" || first.kind !== "statement") return true;
  // The order of statements matters, so that one that is unlike the others parts them.
  return step.family === first.family && step.phase === first.phase && likenessOf(step) === likenessOf(first);
}

function singles(steps: readonly Step[]): TimelineEntry[] {
  return steps.map((step) => ({ kind: "step", lane: step.lane, step }));
}

/** MySQL is asked in four statements whether a key is there; only the last one does something. */
function guardsAndSingles(steps: readonly Step[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (let index = 0; index < steps.length; ) {
    const step = steps[index]!;
    let end = index + 1;
    if (step.kind === "statement" && !step.statement.change) {
      while (end < steps.length && preparesNext(steps[end - 1]!, steps[end]!)) end++;
    }
    if (end - index === 1) entries.push({ kind: "step", lane: step.lane, step });
    else entries.push(guardOf(steps.slice(index, end)));
    index = end;
  }
  return entries;
}

function preparesNext(step: Step, next: Step): boolean {
  if (step.kind !== "statement" || next.kind !== "statement") return false;
  return !step.statement.change && step.statement.tag === next.statement.tag;
}

function guardOf(steps: readonly Step[]): TimelineEntry {
  const last = steps.at(-1)!;
  const element = last.kind === "statement" ? elementOf(last.statement) : "";
  return {
    kind: "group",
    lane: last.lane,
    answer: answerOf(last),
    title: { text: groupTitles.guard.text, values: { element, count: steps.length } },
    steps,
    speaker: last,
    span: last.span,
  };
}

/** A foreign key is made by the reference in it. */
function elementOf({ tag }: SqlStatement): string {
  return tag.name === "Reference" && tag.parent !== undefined ? tag.parent : tag.name;
}

/** Brings steps together that are alike, each lot at the place of its first. */
function entriesOf(steps: readonly Step[]): TimelineEntry[] {
  const lots = new Map<string, GroupedStep[]>();
  for (const step of steps) {
    if (!isGrouped(step)) continue;
    const likeness = likenessOf(step);
    const lot = lots.get(likeness);
    if (lot) lot.push(step);
    else lots.set(likeness, [step]);
  }
  return [...lots.values()].flatMap((lot) => {
    const shown = answerOf(lot[0]!) === "runs" ? 0 : shownFailures;
    if (lot.length - shown < smallestGroup) return singles(lot);
    return [...singles(lot.slice(0, shown)), groupOf(lot.slice(shown))];
  });
}

function groupOf(steps: readonly GroupedStep[]): TimelineEntry {
  const first = steps[0]!;
  const count = steps.length;
  return {
    kind: "group",
    lane: first.lane,
    answer: answerOf(first),
    title: { text: titleOf(first), values: { count } },
    steps,
    speaker: first,
    span: undefined,
  };
}

/** What is true of all steps of a group, and makes its title and notes. */
function likenessOf(step: GroupedStep): string {
  const passedOver = step.kind === "statement" && step.passedOver;
  const saved = "savedTo" in step && step.savedTo !== undefined;
  const restored = "restoredFrom" in step && step.restoredFrom !== undefined;
  // What is logged as a matter of course, such as a folder that is made, makes no file odd.
  const log =
    step.log.length === 0
      ? ""
      : step.log.map(({ id, priority }) => (priority === "error" ? id : "")).join("");
  const quirks = step.quirks.length === 0 ? "" : step.quirks.join();
  return `${step.outcome}|${step.doubt?.id ?? ""}|${step.assumed}|${passedOver}|${saved}|${restored}|${step.reason?.text ?? ""}|${log}|${quirks}`;
}

function titleOf(step: GroupedStep): string {
  if (step.kind === "statement") return groupTitles.statements.text;
  if (step.kind === "write-file") {
    return (step.savedTo === undefined ? groupTitles.writes : groupTitles.writesSaving).text;
  }
  if (step.restoredFrom !== undefined) return groupTitles.restores.text;
  return (step.savedTo === undefined ? groupTitles.removes : groupTitles.removesSaving).text;
}

const groupTitles = {
  statements: { text: "Runs {count} SQL statements" },
  guard: { text: "Runs SQL for {element}, in {count} statements" },
  writes: { text: "Writes {count} files" },
  writesSaving: { text: "Writes {count} files and saves those that were there" },
  removes: { text: "Removes {count} files" },
  removesSaving: { text: "Removes {count} files and keeps copies of them, because they were changed" },
  restores: { text: "Removes {count} files and puts back those that were there before" },
} as const satisfies Record<string, Message>;
