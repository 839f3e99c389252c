import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { jsonText } from "./json-text.ts";
import { verifiedJson } from "./verified-json.ts";
import type { VerifyReport } from "./verify-report.ts";
import { serverNotes } from "./verify-words.ts";

/** The version of the form below; it grows when something is removed or changes its meaning. */
const verifyJsonVersion = 1;

/**
 * The report about a database that runs for other programs, complete. Everything has a value; null stands for what is not
 * there. Identifiers are the same in every language, texts are in the reader's.
 */
export function renderVerifyJson(report: VerifyReport, translate: Translate): string {
  const textOf = (message: Message) => messageText(message, translate);
  const { package: named, placeOf } = report;
  return jsonText({
    version: verifyJsonVersion,
    measured: true,
    server: report.server,
    name: report.name,
    database: report.kind,
    product: report.product,
    frameworkTables: report.frameworkTables ?? null,
    notes: serverNotes(report).map(textOf),
    file: report.fileName ?? null,
    package: { name: named.name ?? null, version: named.version ?? null, vendor: named.vendor ?? null },
    operations: report.operations.map((each) => verifiedJson(each, placeOf, translate)),
  });
}
