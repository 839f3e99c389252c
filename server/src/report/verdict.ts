import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { Plan, Step, StepOutcome } from "../lifecycle/plan.ts";
import { isWorthShowing } from "./timeline.ts";

export type OutcomeCounts = Readonly<Record<StepOutcome, number>>;

/** How many steps that do something run, fail, are skipped or never run. */
export function countOutcomes(steps: readonly Step[]): OutcomeCounts {
  const counts = { runs: 0, fails: 0, skipped: 0, never: 0 };
  for (const step of steps) if (isWorthShowing(step)) counts[step.outcome]++;
  return counts;
}

/**
 * What the operation comes to, in one sentence.
 *
 * The frameworks report success whatever happens after the checks, so that a success of theirs is told together with
 * what fails in it (Znuny 7.1 and OTOBO 11, PackageInstall).
 */
export function verdictOf(plan: Plan, product: string, counts: OutcomeCounts, applied = false): Message {
  const { fails, never } = counts;
  const values: MessageArguments = { product, fails, never, doubtful: doubtfulStatements(plan) };
  return { text: (applied ? pastSentences : sentences)[sentenceOf(plan, counts)].text, values };
}

type Sentence =
  | "died"
  | "refused"
  | "refused-late"
  | "fails-and-never"
  | "fails"
  | "never"
  | "leaves-tables"
  | "doubtful"
  | "fine";

function sentenceOf(plan: Plan, { fails, never }: OutcomeCounts): Sentence {
  if (plan.verdict === "died") return "died";
  if (plan.verdict === "refused") return changesSomething(plan) ? "refused-late" : "refused";
  if (fails > 0) return never > 0 ? "fails-and-never" : "fails";
  if (never > 0) return "never";
  if (leavesTables(plan)) return "leaves-tables";
  return doubtfulStatements(plan) > 0 ? "doubtful" : "fine";
}

const sentences: Readonly<Record<Sentence, Message>> = {
  died: { text: "{product} would break off with an error." },
  refused: { text: "{product} would refuse this, and change nothing." },
  "refused-late": { text: "{product} would refuse this, but by then something has been changed." },
  "fails-and-never": {
    text: "{product} would report success, although steps fail: {fails}, and steps never run: {never}.",
  },
  fails: { text: "{product} would report success, although steps fail: {fails}." },
  never: { text: "{product} would do this, but steps never run: {never}." },
  "leaves-tables": { text: "{product} would do this and no step fails, but tables of the package stay." },
  doubtful: {
    text: "{product} would do this, but its tables are not known. Statements that may fail: {doubtful}.",
  },
  fine: { text: "{product} would do this, and no step fails." },
};

const pastSentences: Readonly<Record<Sentence, Message>> = {
  died: { text: "{product} breaks off with an error." },
  refused: { text: "{product} refuses this; nothing was changed." },
  "refused-late": { text: "{product} refuses this, but something was changed before." },
  "fails-and-never": {
    text: "Done. {product} reports success, although steps failed: {fails}, and steps never run: {never}.",
  },
  fails: { text: "Done. {product} reports success, although steps failed: {fails}." },
  never: { text: "Done, but steps never run: {never}." },
  "leaves-tables": { text: "Done, and no step failed, but tables of the package stay." },
  doubtful: {
    text: "Done, but the tables of {product} are not known. Statements that may fail: {doubtful}.",
  },
  fine: { text: "Done, and no step failed." },
};

/** A refused operation may have merged another package before it was refused. */
function changesSomething({ steps }: Plan): boolean {
  return steps.some(({ changes }) => changes.length > 0);
}

function leavesTables({ steps }: Plan): boolean {
  return steps.at(-1)?.quirks.includes("tables-left") ?? false;
}

/** How many statements work on tables that nobody knows, because nothing is known of the framework's release. */
function doubtfulStatements({ steps, after }: Plan): number {
  if (after.framework.knowledge.release !== undefined) return 0;
  return steps.filter((step) => step.kind === "statement" && step.certain === false).length;
}

/** True where the reader should look closer, whatever the framework would report. */
export function needsAttention(plan: Plan, { fails, never }: OutcomeCounts): boolean {
  return (
    plan.verdict !== "success" || fails > 0 || never > 0 || leavesTables(plan) || doubtfulStatements(plan) > 0
  );
}

export type VerdictTone = "good" | "look" | "bad";

export function toneOf(plan: Plan, counts: OutcomeCounts): VerdictTone {
  if (plan.verdict !== "success") return "bad";
  return needsAttention(plan, counts) ? "look" : "good";
}
