import type { Message } from "../l10n/translate.ts";
import { operationTitles } from "../protocol/operations.ts";
import type { KeptPromises } from "./promise-counts.ts";
import {
  countedPromises,
  errorsOfSteps,
  type PromiseBreaker,
  type PromiseKind,
  type PromiseReport,
} from "./promise-report.ts";

/** Words that all forms of a report about a test system share. */

/** What the report is about. */
export function promiseHeading({
  package: { name, version },
  operation,
  system,
  product,
}: PromiseReport): Message {
  return {
    text: "{operation} of {name} {version} on the test system “{system}” ({product})",
    values: { operation: operationTitles[operation], name, version, system, product },
  };
}

/** How it went, in one sentence. */
export function promiseSentence(report: PromiseReport): Message {
  const { succeeded, promises, foretold, failing } = report;
  if (succeeded === undefined) {
    return { text: "The console was ended by something else, so that nobody can say what it has done." };
  }
  const { made, kept } = countedPromises(report);
  if (promises.some(({ kind, isKept }) => kind === "outcome" && !isKept)) {
    return succeeded
      ? { text: "The operation succeeded, and the dry run had foretold that it would not." }
      : { text: "The operation failed, and the dry run had foretold that it would succeed." };
  }
  const errors = errorsOfSteps(report);
  const values = { made, kept, broken: made - kept, failing: failing.length, errors };
  if (kept === made) {
    if (foretold !== "success") return { text: "The operation ended as the dry run foretold it.", values };
    if (failing.length > 0) {
      return {
        text: "The framework reports success, although steps fail: {failing}. Everything that was compared is as the dry run foretold it: {made}.",
        values,
      };
    }
    return errors > 0
      ? {
          text: "The framework reports success, although it printed errors: {errors}. Everything that was compared is as the dry run foretold it: {made}.",
          values,
        }
      : {
          text: "The operation succeeded, and everything that was compared is as the dry run foretold it: {made}.",
          values,
        };
  }
  return { text: "Foretold by the dry run, and compared: {made}. Came otherwise: {broken}.", values };
}

/** How often SOPM was right on systems of a product, over all runs of this user. */
export function hitRate({ product, count: { made, kept, runs } }: KeptPromises): Message {
  const percent = (Math.floor((kept / made) * 1000) / 10).toString();
  return {
    text: "Promises kept on test systems with {product} so far: {kept} of {made} ({percent} %). Operations: {runs}.",
    values: { product, kept, made, percent, runs },
  };
}

export const promiseKindTitles: Readonly<Record<PromiseKind, Message>> = {
  outcome: { text: "Outcome" },
  package: { text: "Package" },
  deployment: { text: "Files as the framework sees them" },
  statement: { text: "Statement" },
  file: { text: "File" },
  table: { text: "Table" },
  column: { text: "Column" },
  setting: { text: "Setting" },
};

/** Who broke a promise, as far as that can be seen. */
export const breakerTexts: Readonly<Record<PromiseBreaker, Message>> = {
  console: { text: "The framework ended the operation otherwise. What follows may come from that." },
  code: { text: "Code of the package names it and may have changed it. The dry run does not run code." },
  people: { text: "An administrator may have changed it before, or SOPM is wrong." },
  sopm: { text: "SOPM was wrong, or something else on the system has changed it." },
};
