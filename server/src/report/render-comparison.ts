import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { oneLine, severalLines } from "../text/visible.ts";
import { jsonLine } from "./json-text.ts";
import type {
  ByteDifference,
  ComparedSide,
  FactDifference,
  FileDifference,
  PackageComparison,
  SettingDifference,
  StatementDifference,
} from "./package-comparison.ts";

/** The differences of two packages for reading, in any language. Ends with a line break. */
export function renderComparison(comparison: PackageComparison, translate: Translate): string {
  const { isSame, before, after, facts, files, database, settings, bytes } = comparison;
  const say = (message: Message) => oneLine(messageText(message, translate));
  const sections: readonly (readonly [title: Message, lines: readonly string[]])[] = [
    [{ text: "Package" }, facts.flatMap((each) => factLines(each, say))],
    [{ text: "Files" }, files.flatMap((each) => fileLines(each, say))],
    [{ text: "Database" }, database.flatMap((each) => statementLines(each, say))],
    [{ text: "Settings" }, settings.flatMap(settingLines)],
    [{ text: "Why the bytes differ" }, bytes ? byteLines(bytes, say) : []],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  return [
    `- ${say(sideMessage(before))}`,
    ...before.damage.map((each) => `    ${say(each)}`),
    `+ ${say(sideMessage(after))}`,
    ...after.damage.map((each) => `    ${say(each)}`),
    ...(isSame ? ["", say(sameMessage(comparison))] : []),
    ...shown.flatMap(([title, lines]) => ["", say(title), ...lines.map((line) => `  ${line}`)]),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

function sideMessage({ title, kind, name, version, isReadable }: ComparedSide): Message {
  if (!isReadable) return { text: "{title}: nothing of a package can be read out of it", values: { title } };
  const values = { title, name: name ?? "?", version: version ?? "?" };
  return { text: sideTexts[kind], values };
}

const sideTexts = {
  archive: "{title}: the archive of {name} {version}",
  spec: "{title}: the spec of {name} {version}",
  installed: "{title}: {name} {version} as it is installed",
} as const;

function sameMessage({ before, after }: PackageComparison): Message {
  return before.kind === "spec" || after.kind === "spec"
    ? { text: "Both are the same package. What is written about the building does not count." }
    : { text: "Both are the same, byte for byte." };
}

function factLines(
  { element, before, after }: FactDifference,
  say: (message: Message) => string,
): readonly string[] {
  const [one, other] = [before[0] ?? "", after[0] ?? ""];
  if (before.length <= 1 && after.length <= 1 && !/\n/.test(one + other))
    return [`${element}: ${shown(before)} → ${shown(after)}`];
  const lines = [
    ...before.filter((each) => !after.includes(each)).flatMap((each) => signed("-", each)),
    ...after.filter((each) => !before.includes(each)).flatMap((each) => signed("+", each)),
  ];
  if (lines.length > 0) return [`${element}:`, ...lines];
  return [`${element}: ${say({ text: "the same in another order or number" })}`];
}

function shown([text]: readonly string[]): string {
  return text === undefined ? "–" : oneLine(text);
}

function signed(sign: string, text: string): readonly string[] {
  return severalLines(text)
    .split("\n")
    .map((line) => `  ${sign} ${line}`);
}

const signs = { added: "+", removed: "-", changed: "~", moved: "→", order: "↕" } as const;

function fileLines(difference: FileDifference, say: (message: Message) => string): readonly string[] {
  const { location, change, attributes, sizeBefore, sizeAfter, isSameContent, diff } = difference;
  const notes = attributes.map(({ name, before = "–", after = "–" }) => `${name} ${before} → ${after}`);
  if (change !== "changed") notes.push(`${sizeAfter ?? sizeBefore ?? 0} B`);
  else if (!isSameContent && sizeBefore !== sizeAfter) notes.push(`${sizeBefore ?? 0} → ${sizeAfter ?? 0} B`);
  else if (!isSameContent) notes.push(say({ text: "other bytes" }));
  return [oneLine(`${signs[change]} ${location}: ${notes.join(", ")}`), ...diffLines(diff)];
}

function diffLines(diff: string | undefined): readonly string[] {
  if (diff === undefined) return [];
  // The names are told already.
  const [, , ...lines] = severalLines(diff).trimEnd().split("\n");
  return lines.map((line) => `    ${line}`);
}

function statementLines(
  { section, element, change, phaseBefore, phaseAfter, diff }: StatementDifference,
  say: (message: Message) => string,
): readonly string[] {
  const phases =
    phaseBefore === phaseAfter ? phaseBefore : [phaseBefore, phaseAfter].filter(Boolean).join(" → ");
  const note = change === "order" ? `: ${say({ text: "in another place" })}` : "";
  return [oneLine(`${signs[change]} ${section} ${phases} ${element}${note}`), ...diffLines(diff)];
}

function settingLines({ name, change, before, after }: SettingDifference): readonly string[] {
  const values = change === "changed" ? `: ${before} → ${after}` : `: ${after ?? before}`;
  return [oneLine(`${signs[change]} ${name}${values}`)];
}

function byteLines({ first, reasons }: ByteDifference, say: (message: Message) => string): readonly string[] {
  const { offset, line } = first;
  return [
    say({ text: "The first byte that differs is {offset}, in line {line}:", values: { offset, line } }),
    `  - ${jsonLine(first.before)}`,
    `  + ${jsonLine(first.after)}`,
    ...reasons.map((reason) => `· ${say(reason)}`),
  ];
}
