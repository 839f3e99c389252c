import { type TextOptions, TextWriter } from "./text-writer.ts";
import { bySystem, countTrials, type PackageTrials, type TriedTrial } from "./trial-report.ts";
import { resultSigns, systemTitle, trialCountsText, trialsTitle, trialTitle } from "./trial-words.ts";

/** The trials of packages for a terminal: why each failed stands below it, and where. */
export function renderTrialsText(packages: readonly PackageTrials[], options: TextOptions): string {
  const writer = new TextWriter(options);
  for (const each of packages) writePackage(each, writer);
  writer.line(writer.text(trialCountsText(countTrials(packages))));
  return writer.end();
}

function writePackage(each: PackageTrials, writer: TextWriter): void {
  const title = trialsTitle(each.package);
  writer.heading({ text: "{title} ({path})", values: { title: writer.text(title), path: each.path } });
  for (const note of each.notes) writer.item("·", undefined, writer.text(note));
  for (const trials of bySystem(each.trials).values()) {
    const [{ trial }] = trials as [TriedTrial];
    writer.section({ text: "On {systems}", values: { systems: writer.text(systemTitle(trial)) } });
    for (const tried of trials) writeTrial(tried, each, writer);
  }
  writer.blank();
}

function writeTrial(
  { trial, result }: TriedTrial,
  { path, placeOf }: PackageTrials,
  writer: TextWriter,
): void {
  const tone = result.kind === "passed" ? "good" : result.kind === "failed" ? "bad" : undefined;
  writer.item(resultSigns[result.kind], tone, writer.text(trialTitle(trial.subject)));
  // What is not followed is so for most packages, and told by other forms.
  if (result.kind === "unknown")
    for (const reason of result.reasons) writer.row("      ", writer.text(reason), 6);
  if (result.kind !== "failed") return;
  for (const { message, span } of result.failures) {
    const place = placeOf(span);
    const where = place ? ` (${path}:${place.line}:${place.column})` : "";
    writer.row("      ", writer.text(message) + where, 6);
  }
}
