import type { Message } from "../l10n/translate.ts";
import type { Doubt } from "../lifecycle/doubt.ts";
import type { SettingsLoss, Step } from "../lifecycle/plan.ts";
import { assumedReason } from "../lifecycle/plan-check.ts";
import { type Quirk, quirks } from "../lifecycle/quirks.ts";
import { namesText } from "../sysconfig/settings-faults.ts";
import { noteStep } from "./describe-step.ts";
import type { TimelineEntry } from "./timeline.ts";

/** Something to be said below a step. */
export interface StepNote {
  readonly kind: "reason" | "doubt" | "remedy" | "assumed" | "detail" | "log" | "quirk" | "remains";
  readonly message: Message;
}

/** What the kinds of notes are called where they are read. */
export const noteTitles: Readonly<Record<StepNote["kind"], Message | undefined>> = {
  reason: undefined,
  doubt: undefined,
  remedy: { text: "To know it" },
  assumed: undefined,
  detail: undefined,
  log: { text: "Log" },
  quirk: { text: "Note" },
  remains: { text: "Left behind" },
};

/**
 * Everything there is to say about a step, the most important first. What remains when it fails is said where it
 * fails; of the others only {@link remainsOf} tells it.
 *
 * @param explained quirks and doubts that were explained before, to which those of the step are added: an explanation
 *   is read once
 */
export function notesOf(step: Step, explained: Set<string> = new Set()): readonly StepNote[] {
  const notes: StepNote[] = [];
  if (step.reason && !isToldByLosses(step)) notes.push({ kind: "reason", message: step.reason });
  if (step.doubt) notes.push(...doubtNotes(step.doubt, explained));
  if (step.assumed && step.reason !== assumedReason)
    notes.push({ kind: "assumed", message: { text: "This outcome was assumed by you." } });
  for (const message of noteStep(step)) notes.push({ kind: "detail", message });
  if (step.outcome === "fails" && step.remains) notes.push({ kind: "remains", message: step.remains });
  for (const entry of step.log) {
    if (step.reason && isSameMessage(entry, step.reason)) continue;
    // What became of a file is said in the details already.
    if (entry.priority === "error" || step.lane !== "files") notes.push({ kind: "log", message: entry });
  }
  for (const id of step.quirks) {
    const quirk = quirkOf(id);
    if (quirk) notes.push({ kind: "quirk", message: explained.has(id) ? quirk.title : quirk.note });
    explained.add(id);
  }
  return notes;
}

/** Which settings are lost is said with the causes, where those account for all of them. */
function isToldByLosses(step: Step): boolean {
  if (step.kind !== "configuration" || step.part !== "read" || step.assumed) return false;
  const names = ({ text, values }: SettingsLoss) =>
    ["names", "name"].filter((key) => text.includes(`{${key}}`)).map((key) => values?.[key]);
  const certain = step.losses.filter(({ isOpen }) => !isOpen);
  const told = new Set(certain.flatMap(({ lost }) => lost));
  return (
    certain.length > 0 &&
    step.reason?.values?.names === namesText([...told]) &&
    certain.every((loss) => names(loss).includes(namesText(loss.lost)))
  );
}

/** That no code is run is read once, and so is what would settle a doubt. */
function doubtNotes({ id, reason, remedy }: Doubt, explained: Set<string>): readonly StepNote[] {
  const key = `doubt ${id}`;
  const isExplained = explained.has(key);
  explained.add(key);
  if (!isExplained) {
    return [
      { kind: "doubt", message: reason },
      { kind: "remedy", message: remedy },
    ];
  }
  return id === "code" ? [] : [{ kind: "doubt", message: reason }];
}

/** What there is to say about the steps of a row: of several what is true of all. */
export function entryNotesOf(entry: TimelineEntry, explained: Set<string>): readonly StepNote[] {
  if (entry.kind === "step") return notesOf(entry.step, explained);
  const { speaker } = entry;
  const notes = notesOf(speaker, explained);
  return speaker.kind === "statement" ? notes : notes.filter(({ kind }) => kind !== "detail");
}

/** What would be left behind if a step that runs failed; undefined where nothing can be said. */
export function remainsOf(step: Step): Message | undefined {
  // That a check refuses the operation is what checks are for.
  return step.outcome === "runs" && step.lane !== "check" ? step.remains : undefined;
}

function isSameMessage(a: Message, b: Message): boolean {
  return a.text === b.text && JSON.stringify(a.values) === JSON.stringify(b.values);
}

export function quirkOf(id: string): Quirk | undefined {
  return (quirks as Readonly<Record<string, Quirk>>)[id];
}
