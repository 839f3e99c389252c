import { type Message, type MessageArguments, messageText, type Translate } from "../l10n/translate.ts";
import type { DoubtId } from "../lifecycle/doubt.ts";
import type { Plan, Step } from "../lifecycle/plan.ts";
import type { BasisFact } from "../system/basis.ts";
import { type Answer, answerOf } from "./answer.ts";
import { isWorseThere, type OldestDifferences } from "./oldest-difference.ts";
import { isWorthShowing } from "./timeline.ts";

export type AnswerCounts = Readonly<Record<Answer, number>>;

/** How many steps that do something run, fail, are skipped, never run, or cannot be known. */
export function countAnswers(steps: readonly Step[]): AnswerCounts {
  const counts = { runs: 0, unknown: 0, fails: 0, skipped: 0, never: 0 };
  for (const step of steps) if (isWorthShowing(step)) counts[answerOf(step)]++;
  return counts;
}

export interface Verdict {
  readonly kind: Plan["verdict"];
  /** What the operation comes to. */
  readonly sentence: Message;
  /** What makes it less than certain, a sentence for each reason; empty where everything is certain. */
  readonly doubts: readonly Message[];
  /** True where the reader should look closer, whatever the framework would report. */
  readonly needsAttention: boolean;
  /** In a word for views: all well, to be looked at although the framework reports success, refused. */
  readonly tone: VerdictTone;
}

export type VerdictTone = "good" | "look" | "bad";

/**
 * What the operation comes to. That no step fails is said only where all of them are certain.
 *
 * The frameworks report success whatever happens after the checks, so that a success of theirs is told together with
 * what fails in it (Znuny 7.1 and OTOBO 11, PackageInstall).
 *
 * @param applied true where it was performed on a sandbox
 * @param oldest what would be otherwise on the oldest release that the package may be installed on
 */
export function verdictOf(
  plan: Plan,
  counts: AnswerCounts,
  basis: readonly BasisFact[],
  { applied, oldest }: { readonly applied: boolean; readonly oldest: OldestDifferences | undefined },
): Verdict {
  const { framework } = plan.before;
  const product = `${framework.product} ${framework.version}`;
  const doubts = [...assumedSentences(product, basis), ...openSentences(plan, product)];
  const sentence = sentenceOf(plan, counts, doubts.length === 0);
  const values: MessageArguments = { product, fails: counts.fails, never: counts.never };
  const worse = oldest && isWorseThere(oldest) ? oldest.product : undefined;
  const attention = worse !== undefined || needsAttention(plan, counts, basis);
  return {
    kind: plan.verdict,
    sentence: { text: (applied ? pastSentences : sentences)[sentence].text, values },
    doubts: worse === undefined ? doubts : [...doubts, worseSentence(worse)],
    needsAttention: attention,
    tone: plan.verdict === "refused" || plan.verdict === "died" ? "bad" : attention ? "look" : "good",
  };
}

/** All of a verdict as one text. */
export function verdictText({ sentence, doubts }: Verdict, translate: Translate): string {
  return [sentence, ...doubts].map((message) => messageText(message, translate)).join(" ");
}

type Sentence =
  | "died"
  | "refused"
  | "refused-late"
  | "unforeseen"
  | "fails-and-never"
  | "fails"
  | "never"
  | "leaves-tables"
  | "leaves-tables-open"
  | "fine"
  | "open";

function sentenceOf(plan: Plan, { fails, never }: AnswerCounts, isCertain: boolean): Sentence {
  if (plan.verdict === "died") return "died";
  if (plan.verdict === "unknown") return "unforeseen";
  if (plan.verdict === "refused") return changesSomething(plan) ? "refused-late" : "refused";
  if (fails > 0) return never > 0 ? "fails-and-never" : "fails";
  if (never > 0) return "never";
  if (leavesTables(plan)) return isCertain ? "leaves-tables" : "leaves-tables-open";
  return isCertain ? "fine" : "open";
}

const sentences: Readonly<Record<Sentence, Message>> = {
  died: { text: "{product} would break off with an error." },
  refused: { text: "{product} would refuse this, and change nothing." },
  "refused-late": { text: "{product} would refuse this, but by then something has been changed." },
  unforeseen: { text: "It cannot be foretold what {product} would do: refuse this, or do it wrongly." },
  "fails-and-never": {
    text: "{product} would report success, although steps fail: {fails}, and steps never run: {never}.",
  },
  fails: { text: "{product} would report success, although steps fail: {fails}." },
  never: { text: "{product} would do this, but steps never run: {never}." },
  "leaves-tables": { text: "{product} would do this and no step fails, but tables of the package stay." },
  "leaves-tables-open": {
    text: "{product} would do this and no step is known to fail, but tables of the package stay.",
  },
  fine: { text: "{product} would do this, and no step fails." },
  open: { text: "{product} would do this, and no step is known to fail." },
};

const pastSentences: Readonly<Record<Sentence, Message>> = {
  died: { text: "{product} breaks off with an error." },
  refused: { text: "{product} refuses this; nothing was changed." },
  "refused-late": { text: "{product} refuses this, but something was changed before." },
  unforeseen: {
    text: "Nothing was changed, because it cannot be foretold what {product} does: refuse this, or do it wrongly.",
  },
  "fails-and-never": {
    text: "Done. {product} reports success, although steps failed: {fails}, and steps never run: {never}.",
  },
  fails: { text: "Done. {product} reports success, although steps failed: {fails}." },
  never: { text: "Done, but steps never run: {never}." },
  "leaves-tables": { text: "Done, and no step failed, but tables of the package stay." },
  "leaves-tables-open": {
    text: "Done, and no step is known to fail, but tables of the package stay.",
  },
  fine: { text: "Done, and no step failed." },
  open: { text: "Done, and no step is known to fail." },
};

/** Of every kind of steps that cannot be known how many there are, and why. */
function openSentences({ verdict, steps }: Plan, product: string): readonly Message[] {
  if (verdict !== "success") return [];
  const counts = new Map<DoubtId, number>();
  for (const { doubt } of steps) if (doubt) counts.set(doubt.id, (counts.get(doubt.id) ?? 0) + 1);
  return openIds.flatMap((id) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ text: doubtSentences[id].text, values: { product, count } }];
  });
}

/** Of what ends a plan the sentence itself speaks. */
const doubtSentences: Readonly<Record<Exclude<DoubtId, "malformed">, Message>> = {
  "framework-tables": {
    text: "Statements that could not be judged, because nothing is known of the tables of {product}: {count}.",
  },
  "package-tables": {
    text: "Statements that could not be judged, because nothing is known of the tables of required packages: {count}.",
  },
  rows: {
    text: "Statements that could not be judged, because they depend on rows that are not known: {count}.",
  },
  settings: {
    text: "Readings of settings files that could not be judged: {count}.",
  },
  code: { text: "Sections of Perl code that were not run: {count}." },
};

const openIds = Object.keys(doubtSentences) as readonly (keyof typeof doubtSentences)[];

function worseSentence(product: string): Message {
  return {
    text: "On {product}, the oldest release that Framework admits, it goes worse.",
    values: { product },
  };
}

/** What a release is taken to do because it was never looked at. */
function assumedSentences(product: string, basis: readonly BasisFact[]): readonly Message[] {
  const release = assumedRelease(basis);
  if (release === undefined) return partlyAssumed(product, basis);
  return [
    {
      text: "{product} was neither run nor read as a whole: it is assumed to do what {release} does.",
      values: { product, release },
    },
  ];
}

/** Where the life cycle is known, and how versions are compared or settings read is not. */
function partlyAssumed(product: string, basis: readonly BasisFact[]): readonly Message[] {
  const assumed = basis.filter(({ area, certainty }) => certainty === "assumed" && area !== "builder");
  return [...new Set(assumed.map(({ release = "" }) => release))].map((release) => ({
    text: "Not everything is known of {product}: part of it is assumed to be as in {release}.",
    values: { product, release },
  }));
}

/** The release that another one is taken for; undefined where something is known of it. */
function assumedRelease(basis: readonly BasisFact[]): string | undefined {
  const lifeCycle = basis.find(({ area }) => area === "life-cycle");
  return lifeCycle?.certainty === "assumed" ? lifeCycle.release : undefined;
}

/** A refused operation may have merged another package before it was refused. */
function changesSomething({ steps }: Plan): boolean {
  return steps.some(({ changes }) => changes.length > 0);
}

function leavesTables({ steps }: Plan): boolean {
  return steps.at(-1)?.quirks.includes("tables-left") ?? false;
}

/** That no code is run is so for every package, and in itself no reason to look closer. */
function needsAttention(plan: Plan, { fails, never }: AnswerCounts, basis: readonly BasisFact[]): boolean {
  return (
    plan.verdict !== "success" ||
    fails > 0 ||
    never > 0 ||
    leavesTables(plan) ||
    basis.some(({ certainty }) => certainty === "assumed") ||
    plan.steps.some(({ doubt }) => doubt !== undefined && doubt.id !== "code")
  );
}
