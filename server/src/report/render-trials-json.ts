import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";
import { jsonText } from "./json-text.ts";
import { countTrials, type PackageTrials, type Trial, type TriedTrial, trialId } from "./trial-report.ts";
import { trialTitle } from "./trial-words.ts";

/** The version of the form below; it grows when something is removed or changes its meaning. */
const trialsJsonVersion = 1;

/** Trials for other programs, as `schemas/trials.schema.json` describes it. Null stands for what is not there. */
export function renderTrialsJson(packages: readonly PackageTrials[], translate: Translate): string {
  return jsonText(trialsToJson(packages, translate));
}

/** The same before it becomes text. */
function trialsToJson(packages: readonly PackageTrials[], translate: Translate) {
  const textOf = (message: Message) => messageText(message, translate);
  return {
    version: trialsJsonVersion,
    counts: countTrials(packages),
    packages: packages.map((each) => ({
      ...packageFacts(each),
      notes: each.notes.map(textOf),
      trials: each.trials.map((tried) => ({
        ...trialFacts(tried.trial, textOf),
        ...resultFacts(tried, each, textOf),
      })),
    })),
  };
}

/** Names of trials that have not been made. */
export function listedTrialsJson(
  packages: readonly (Pick<PackageTrials, "package" | "path"> & { readonly trials: readonly Trial[] })[],
  translate: Translate,
): string {
  const textOf = (message: Message) => messageText(message, translate);
  return jsonText({
    version: trialsJsonVersion,
    packages: packages.map((each) => ({
      ...packageFacts(each),
      trials: each.trials.map((trial) => trialFacts(trial, textOf)),
    })),
  });
}

function packageFacts({ path, package: { name, version } }: Pick<PackageTrials, "package" | "path">) {
  return { file: path, name: name ?? null, version: version ?? null };
}

function trialFacts(trial: Trial, textOf: (message: Message) => string) {
  const { system = null, database = null, subject } = trial;
  return { id: trialId(trial), system, database, kind: subject.kind, title: textOf(trialTitle(subject)) };
}

function resultFacts(
  { result }: TriedTrial,
  { placeOf }: PackageTrials,
  textOf: (message: Message) => string,
) {
  const place = (span: Span | undefined) => {
    const found = placeOf(span);
    return { line: found?.line ?? null, column: found?.column ?? null };
  };
  const failures = result.kind === "failed" ? result.failures : [];
  return {
    result: result.kind,
    failures: failures.map(({ message, span, compared }) => ({
      message: textOf(message),
      ...place(span),
      expected: compared ? textOf(compared.expected) : null,
      actual: compared ? textOf(compared.actual) : null,
    })),
    reasons: result.kind === "unknown" ? result.reasons.map(textOf) : [],
    notes: result.kind === "passed" ? result.notes.map(textOf) : [],
  };
}
