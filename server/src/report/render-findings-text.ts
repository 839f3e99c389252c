import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { displayWidth } from "../text/display-width.ts";
import { shownLineColumn } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import type { CheckedFile, Excerpt, FindingsForm, FoundProblem, RelatedPlace } from "./found-problem.ts";

export interface FindingsTextOptions {
  readonly translate: Translate;
  /** Columns of the terminal; undefined where nobody tells. */
  readonly width: number | undefined;
  /** Whether severities and places are coloured for a terminal. */
  readonly colors: boolean;
}

/**
 * A block for each file with findings, and lines that count. A finding is a line with its place, severity, message and
 * rule; below it stand the line of the file with a mark, other places, and the way out.
 */
export function findingsTextForm(options: FindingsTextOptions): FindingsForm {
  const { translate, colors } = options;
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  let mended = 0;
  let fixed = 0;
  const explained = new Set<string>();
  const colored = (text: string, color: keyof typeof escapes) =>
    colors ? `${escapes[color]}${text}\u001b[0m` : text;

  const blockOf = (file: CheckedFile): string => {
    const rows = file.problems.map((problem) => ({
      problem,
      place: shownLineColumn(problem.start),
      severity: translate(problem.severity),
    }));
    const placeWidth = rows.reduce((width, { place }) => Math.max(width, place.length), 0);
    const severityWidth = rows.reduce((width, { severity }) => Math.max(width, severity.length), 0);
    const indent = " ".repeat(placeWidth + severityWidth + 6);
    const { shown, omitted } = withoutRepetition(rows);
    const lines = shown.flatMap(({ problem, place, severity }) => {
      const { rule, message, severity: tone } = problem;
      const word = `${colored(severity, tone)}${" ".repeat(severityWidth - severity.length)}`;
      return [
        `  ${place.padStart(placeWidth)}  ${word}  ${oneLine(message)}  ${colored(`(${rule})`, "aside")}`,
        ...excerptLines(problem, options, indent.length, (text) => colored(text, tone)).map(
          (line) => `${indent}${line}`,
        ),
        ...problem.related.map((place) => `${indent}${relatedLine(place, file.path)}`),
        ...wayOut(problem, explained).map((line) => `${indent}${colored("→", "aside")} ${oneLine(line)}`),
      ];
    });
    for (const [rule, others] of omitted) {
      const numbers = [...new Set(others.map(({ problem }) => problem.start.line + 1))];
      const listed = numbers.slice(0, mostLines).join(", ") + (numbers.length > mostLines ? " …" : "");
      const text = "{rule}: {count} more of these, in lines {lines}";
      lines.push(`  ${translate(text, { rule, count: others.length, lines: listed })}`);
    }
    if (file.hint !== undefined) lines.push(`  ${file.hint}`);
    return [colored(oneLine(file.path), "heading"), ...lines, ""].map((line) => `${line}\n`).join("");
  };

  return {
    file(file) {
      fixed += file.fixed ?? 0;
      for (const problem of file.problems) {
        counts[problem.severity]++;
        if (problem.isMended) mended++;
      }
      return file.problems.length > 0 ? blockOf(file) : "";
    },
    end({ files, known, wasFixing }) {
      const { error, warning, information, hint } = counts;
      const others = information + hint;
      const messages: Message[] = [
        {
          text: "Files checked: {files}. Errors: {errors}, warnings: {warnings}, others: {others}.",
          values: { files, errors: error, warnings: warning, others },
        },
        ...(known > 0 ? [{ text: "Known, and not told again: {known}.", values: { known } }] : []),
        ...(wasFixing ? [{ text: "Fixed: {fixed}.", values: { fixed } }] : []),
        ...(mended > 0 && !wasFixing
          ? [{ text: "{count} can be fixed with --fix.", values: { count: mended } }]
          : []),
        ...(error + warning + others > 0
          ? [{ text: "“sopm explain RULE” tells what is behind a rule and how to do it right." }]
          : []),
      ];
      return messages.map((message) => `${messageText(message, translate)}\n`).join("");
    },
  };
}

/** @param block the path of the file that the line stands below, which is not said again */
function relatedLine({ path, start, message }: RelatedPlace, block: string): string {
  const place = shownLineColumn(start);
  return oneLine(`${path === block ? place : `${path}:${place}`}: ${message}`);
}

const escapes = {
  error: "\u001b[31m",
  warning: "\u001b[33m",
  information: "\u001b[36m",
  hint: "\u001b[2m",
  aside: "\u001b[2m",
  heading: "\u001b[1m",
} as const;

/** A fix; where there is none, once for each rule, where more is said about it. */
function wayOut({ rule, fixes }: FoundProblem, explained: Set<string>): readonly string[] {
  if (fixes[0]) return [fixes[0].title];
  if (explained.has(rule)) return [];
  explained.add(rule);
  return [`sopm explain ${rule}`];
}

/** Columns of a line of a file that are shown before a finding, at least where there are so many, and in all. */
const columnsBefore = 24;
const leastColumns = 32;
const usualWidth = 120;

/** The line that a finding begins in with a mark below it; nothing for one that is empty. */
function excerptLines(
  { start, excerpt }: Pick<FoundProblem, "start" | "excerpt">,
  { width = usualWidth }: FindingsTextOptions,
  indent: number,
  colored: (text: string) => string,
): readonly string[] {
  const number = String(start.line + 1);
  const gutter = " ".repeat(number.length);
  const room = Math.max(leastColumns, width - indent - number.length - 5);
  const { before, marked, behind } = cut(excerpt, room);
  if (`${before}${marked}${behind}`.trim() === "") return [];
  const mark = "^".repeat(Math.max(1, displayWidth(marked)));
  return [
    `${number} | ${before}${marked}${behind}`.trimEnd(),
    `${gutter} | ${" ".repeat(displayWidth(before))}${colored(mark)}`,
  ];
}

interface Cut {
  readonly before: string;
  readonly marked: string;
  readonly behind: string;
}

/** What of a line fits into some columns, as it is shown: without its indentation, and without what nobody sees. */
function cut({ text, start, end, isCutBefore, isCutBehind }: Excerpt, room: number): Cut {
  const indentation = isCutBefore ? 0 : Math.min(start, text.length - text.trimStart().length);
  const before = seen(text.slice(indentation, start));
  const marked = seen(text.slice(start, end));
  const behind = seen(text.slice(end));
  const keptBefore = before.length + marked.length <= room ? before : before.slice(-columnsBefore);
  const isShort = keptBefore.length < before.length || isCutBefore;
  const left = room - keptBefore.length;
  const keptMarked = marked.slice(0, left);
  const keptBehind = behind.slice(0, left - keptMarked.length);
  const goesOn = keptMarked.length + keptBehind.length < marked.length + behind.length || isCutBehind;
  return {
    before: `${isShort ? "…" : ""}${keptBefore}`,
    marked: keptMarked,
    behind: `${keptBehind}${goesOn ? "…" : ""}`,
  };
}

function seen(text: string): string {
  return oneLine(text.replaceAll("\t", "    "));
}

/** So many findings of one kind are shown of a file. The others are counted: they say the same of other elements. */
const mostAlike = 10;
const mostLines = 20;

/** The rows without those that say once more what many have said, and these by rule. */
function withoutRepetition<Row extends { readonly problem: FoundProblem }>(rows: readonly Row[]) {
  const alike = new Map<string, number>();
  const omitted = new Map<string, Row[]>();
  const shown = rows.filter((row) => {
    const { rule, template, severity } = row.problem;
    const kind = `${rule} ${severity} ${template}`;
    const count = (alike.get(kind) ?? 0) + 1;
    alike.set(kind, count);
    if (count <= mostAlike) return true;
    const others = omitted.get(rule);
    if (others) others.push(row);
    else omitted.set(rule, [row]);
    return false;
  });
  return { shown, omitted };
}
