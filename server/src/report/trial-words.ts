import type { Message } from "../l10n/translate.ts";
import type { PackageIdentity } from "../lifecycle/plan.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { Trial, TrialCounts, TrialResult, TrialSubject } from "./trial-report.ts";

/** Words that all forms of trials share. */

/** What a trial is called among those of its system. */
export function trialTitle(subject: TrialSubject): Message {
  switch (subject.kind) {
    case "install-with":
      return { text: "install where {package} is installed", values: { package: subject.package } };
    case "upgrade":
      return { text: "upgrade from {version}", values: { version: subject.from } };
    case "scenario":
      return { text: "scenario {name}", values: { name: subject.name } };
    default:
      return plainTitles[subject.kind];
  }
}

const plainTitles = {
  install: { text: "install" },
  reinstall: { text: "reinstall after a changed file" },
  uninstall: { text: "uninstall leaves nothing" },
  "update-all": { text: "update of all packages, with those that it requires" },
  "install-again": { text: "install again after the uninstall" },
} as const satisfies Record<string, Message>;

/** What trials were made on. */
export function systemTitle({ system, database }: Pick<Trial, "system" | "database">): Message {
  if (system === undefined) return { text: "the system of the settings" };
  if (database === undefined) return { text: "{system}", values: { system } };
  return {
    text: "{product} with {database}",
    values: { product: system, database: databaseTitles[database] },
  };
}

export function trialsTitle({ name, version = "" }: PackageIdentity): Message {
  if (name === undefined) return allTrialsTitle;
  return { text: "Trials of {package}", values: { package: `${name} ${version}`.trim() } };
}

export const allTrialsTitle: Message = { text: "Trials" };

export const resultSigns: Readonly<Record<TrialResult["kind"], string>> = {
  passed: "✓",
  failed: "✗",
  unknown: "?",
};

export function trialCountsText({ passed, failed, unknown }: TrialCounts): Message {
  return {
    text: "Trials: {trials}. Passed: {passed}, failed: {failed}, not known: {unknown}.",
    values: { trials: passed + failed + unknown, passed, failed, unknown },
  };
}

/** What becomes of a step that does not do its work; the trial says in which operation. */
export function stepText(outcome: "fails" | "skipped" | "never", step: string): Message {
  return { text: stepSentences[outcome], values: { step } };
}

const stepSentences = {
  fails: "{step} fails.",
  skipped: "{step} is skipped.",
  never: "{step} never runs.",
} as const;
