import type { Message } from "../l10n/translate.ts";
import type { CheckId, Lane, Plan } from "../lifecycle/plan.ts";
import type { Answer } from "./answer.ts";
import type { OldestDifferences } from "./oldest-difference.ts";
import type { VerdictTone } from "./verdict.ts";

/** Words that all forms of a report share. They never stand for themselves where only a colour would tell more. */

/** The lanes of the timeline, in the order they are shown. */
export const laneTitles: Readonly<Record<Lane, Message>> = {
  check: { text: "Checks" },
  code: { text: "Code" },
  database: { text: "Database" },
  files: { text: "Files" },
  registration: { text: "Registration" },
  configuration: { text: "Configuration" },
  end: { text: "Completion" },
};

export const lanes = Object.keys(laneTitles) as readonly Lane[];

/** A sign that can be told from the others without colours, in every font and on every terminal. */
export const answerSigns: Readonly<Record<Answer, string>> = {
  runs: "✓",
  unknown: "?",
  fails: "✗",
  skipped: "–",
  never: "⊘",
};

export const answerTitles: Readonly<Record<Answer, Message>> = {
  runs: { text: "runs" },
  unknown: { text: "cannot be known" },
  fails: { text: "fails" },
  skipped: { text: "is skipped" },
  never: { text: "never runs" },
};

/** Above the reasons of a plan that ends before it is done. */
export function refusalsTitle({
  verdict,
}: {
  readonly verdict: { readonly kind: Plan["verdict"] };
}): Message {
  return verdict.kind === "unknown" ? { text: "Why it cannot be foretold" } : { text: "Why it is refused" };
}

export const toneSigns: Readonly<Record<VerdictTone, string>> = { good: "✓", look: "!", bad: "✗" };

/** What a check is about. */
export const checkTitles: Readonly<Record<CheckId, Message>> = {
  readable: { text: "The package can be read" },
  installed: { text: "Whether the package is installed" },
  removable: { text: "The package may be removed" },
  "write-permission": { text: "The framework may write its files" },
  "operating-system": { text: "Operating system" },
  framework: { text: "Framework version" },
  "required-packages": { text: "Required packages" },
  "required-modules": { text: "Required Perl modules" },
  merge: { text: "Packages to merge" },
  version: { text: "The version is newer" },
  "file-conflicts": { text: "Files of other packages" },
  dependents: { text: "Packages that depend on this one" },
  registration: { text: "The package can be registered" },
  "earlier-steps": { text: "No step has failed" },
};

/** The same for a step that is there in one of two plans alone. */
export function answerOrNone(answer: Answer | undefined): Message {
  return answer ? answerTitles[answer] : { text: "is not there" };
}

/** Heads what would be otherwise on the oldest release that a package may be installed on. */
export function oldestTitle({ product }: OldestDifferences): Message {
  return { text: "On {product}, the oldest release that Framework admits", values: { product } };
}

/** Stands before the reason why it would be refused there; undefined where it would not. */
export function oldestRefusal({ product, refusal }: OldestDifferences): Message | undefined {
  return refusal && { text: "{product} would refuse this:", values: { product } };
}

export const sameOnOldest: Message = { text: "Every step goes the same way." };
export const hereAndThere: Message = { text: "here: {here}; there: {there}." };

/** Stands before the reason why an operation would end if the documentation were right. */
export const promisedEnd: Message = { text: "The operation would stop at the first failure and report it:" };
