import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { jsonText } from "./json-text.ts";
import type { KeptPromises } from "./promise-counts.ts";
import { countedPromises, type PromiseReport } from "./promise-report.ts";
import { promiseSentence } from "./promise-words.ts";

/** The report about an operation on a test system as data. */
export function renderPromisesJson(
  report: PromiseReport,
  count: KeptPromises | undefined,
  translate: Translate,
): string {
  const said = (message: Message) => messageText(message, translate);
  const { system, product, operation, installedBefore, foretold, succeeded, lastWords, log, placeOf } =
    report;
  return jsonText({
    ...{ system, product, operation, package: report.package },
    installedBefore: installedBefore ?? null,
    ...{ foretold, succeeded: succeeded ?? null, lastWords, sentence: said(promiseSentence(report)) },
    counts: countedPromises(report),
    soFar: count ? { product: count.product, ...count.count } : null,
    failing: report.failing.map(({ title, reason, span }) => ({
      step: said(title),
      reason: reason ? said(reason) : null,
      line: placeOf(span)?.line ?? null,
    })),
    errors: report.errors.map(({ message, count }) => ({ message, count })),
    promises: report.promises.map((promise) => ({
      kind: promise.kind,
      subject: promise.subject,
      foretold: said(promise.foretold),
      found: said(promise.found),
      isKept: promise.isKept,
      brokenBy: promise.breaker ?? null,
      step: promise.step
        ? {
            number: promise.step.number,
            key: promise.step.key,
            line: placeOf(promise.step.span)?.line ?? null,
          }
        : null,
    })),
    notCompared: report.left.map(said),
    assumptions: report.assumptions.map(said),
    log: log ?? null,
  });
}
