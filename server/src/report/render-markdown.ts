import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import { escapeMarkdown, inlineCode, longestTicks } from "../text/escape.ts";
import type { Span } from "../text/span.ts";
import { oneLine, severalLines, shortened } from "../text/visible.ts";
import { answerOf } from "./answer.ts";
import { basisText } from "./basis-line.ts";
import { continuesAs } from "./continues-as.ts";
import { countsMessage } from "./counts-message.ts";
import { describeStep } from "./describe-step.ts";
import { changeSigns, differenceRows, partTitles } from "./difference-rows.ts";
import { headingOf } from "./heading.ts";
import { measuredLines, measuredTitle } from "./measured-words.ts";
import type { OldestDifferences } from "./oldest-difference.ts";
import { inputsLine, inputsTitle } from "./report-inputs.ts";
import type { DryRunReport } from "./report-model.ts";
import { entryNotesOf, noteTitles, type StepNote } from "./step-notes.ts";
import type { SystemDifference } from "./system-difference.ts";
import { answerOfEntry } from "./timeline.ts";
import { verdictText } from "./verdict.ts";
import {
  answerOrNone,
  answerSigns,
  answerTitles,
  hereAndThere,
  laneTitles,
  oldestRefusal,
  oldestTitle,
  promisedEnd,
  refusalsTitle,
  sameOnOldest,
  toneSigns,
} from "./words.ts";

/** The report as Markdown, for a ticket or a review. Lines are not broken. */
export function renderMarkdown(report: DryRunReport, translate: Translate): string {
  return new MarkdownWriter(report, translate).document();
}

const shownEntries = 1000;
const shownRows = 100;
/** Characters of a piece of code or SQL. */
const shownCode = 5000;

class MarkdownWriter {
  readonly #report: DryRunReport;
  readonly #translate: Translate;
  readonly #explained = new Set<string>();

  constructor(report: DryRunReport, translate: Translate) {
    this.#report = report;
    this.#translate = translate;
  }

  document(): string {
    const report = this.#report;
    const { verdict } = report;
    return [
      `# ${this.#text(headingOf(report))}`,
      `**${toneSigns[verdict.tone]} ${escapeMarkdown(oneLine(verdictText(verdict, this.#translate)))}**`,
      this.#text(countsMessage(report)),
      escapeMarkdown(oneLine(basisText(report, this.#translate))),
      ...(report.inputs
        ? [
            `${this.#text(inputsTitle)}: ${escapeMarkdown(oneLine(inputsLine(report.inputs, this.#translate)))}.`,
          ]
        : []),
      ...this.#section(measuredTitle, this.#measured()),
      ...(report.leftovers
        ? this.#section({ text: "What an uninstall leaves behind" }, this.#difference(report.leftovers))
        : []),
      ...this.#section(
        { text: "Taken for granted" },
        report.assumptions.map((message) => `- ${this.#text(message)}`),
      ),
      ...this.#section(
        refusalsTitle(report),
        report.refusals.map((refusal) => `- ✗ ${this.#text(refusal)}${this.#place(refusal.span)}`),
      ),
      ...this.#section({ text: "Steps" }, this.#timeline()),
      ...(report.oldest ? this.#section(oldestTitle(report.oldest), this.#oldest(report.oldest)) : []),
      ...this.#section({ text: "What the documentation promises instead" }, this.#promise()),
      ...this.#section({ text: "What is different afterwards" }, this.#difference(report.difference)),
      "",
    ].join("\n\n");
  }

  #text(message: Message): string {
    return escapeMarkdown(oneLine(messageText(message, this.#translate)));
  }

  #section(title: Message, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`## ${this.#text(title)}`, lines.join("\n")];
  }

  #measured(): string[] {
    const { measured } = this.#report;
    return (measured ? measuredLines(measured) : []).map(
      ({ sign, messages }) => `- ${sign} ${messages.map((message) => this.#text(message)).join(" ")}`,
    );
  }

  #timeline(): string[] {
    const lines: string[] = [];
    let depth = 1;
    for (const [index, entry] of this.#report.timeline.slice(0, shownEntries).entries()) {
      const first = entry.kind === "step" ? entry.step : entry.steps[0]!;
      if (first.depth > depth) {
        lines.push(`- **${this.#text(continuesAs(first.operation))}**`);
        depth = first.depth;
      }
      const answer = answerOfEntry(entry);
      const title = entry.kind === "step" ? describeStep(entry.step) : entry.title;
      const word = answer === "runs" ? "" : `**${this.#text(answerTitles[answer])}** · `;
      const place = this.#place(entry.kind === "step" ? first.span : entry.span);
      lines.push(
        `- ${answerSigns[answer]} ${index + 1} · ${this.#text(laneTitles[entry.lane])} · ${word}${this.#text(title)}${place}`,
      );
      lines.push(...this.#notes(entryNotesOf(entry, this.#explained)));
      if (entry.kind === "step") lines.push(...codeOf(first));
    }
    return [...lines, ...this.#more(this.#report.timeline.length - shownEntries)];
  }

  #notes(notes: readonly StepNote[]): string[] {
    return notes.map(({ kind, message }) => {
      const title = noteTitles[kind];
      return `  - ${title ? `${this.#text(title)}: ` : ""}${this.#text(message)}`;
    });
  }

  #oldest(oldest: OldestDifferences): string[] {
    const refusal = oldestRefusal(oldest);
    if (refusal) return [`- ✗ ${this.#text(refusal)} ${this.#text(oldest.refusal!)}`];
    if (oldest.steps.length === 0) return [this.#text(sameOnOldest)];
    return [
      ...oldest.steps.slice(0, shownRows).map(({ title, here, there, reason, step }) => {
        const values = { here: this.#plain(answerOrNone(here)), there: this.#plain(answerOrNone(there)) };
        const why = reason ? ` ${this.#text(reason)}` : "";
        return `- ${this.#text(title)}${this.#place(step.span)}: ${this.#text({ ...hereAndThere, values })}${why}`;
      }),
      ...this.#more(oldest.steps.length - shownRows),
    ];
  }

  #promise(): string[] {
    const { promise } = this.#report;
    if (!promise) return [];
    return [
      ...(promise.end ? [`- ✗ ${this.#text(promisedEnd)} ${this.#text(promise.end)}`] : []),
      ...promise.steps.slice(0, shownRows).map(({ title, actual, promised, step }) => {
        const values = {
          promised: this.#plain(answerOrNone(promised)),
          actual: this.#plain(answerOrNone(actual)),
        };
        const what = this.#text({ text: "promised: {promised}; in truth: {actual}", values });
        return `- ${this.#text(title)}${this.#place(step.span)}: ${what}`;
      }),
      ...this.#more(promise.steps.length - shownRows),
    ];
  }

  #difference(difference: SystemDifference): string[] {
    return differenceRows(difference).flatMap(([part, rows]) => [
      `- **${this.#text(partTitles[part])}**: ${rows.length}`,
      ...rows.slice(0, shownRows).map(({ change, subject, detail }) => {
        const more = detail ? `, ${this.#text(detail)}` : "";
        return `  - ${changeSigns[change]} ${inlineCode(subject)}${more}`;
      }),
      ...this.#more(rows.length - shownRows).map((line) => `  ${line}`),
    ]);
  }

  #plain({ text }: Message): string {
    return this.#translate(text);
  }

  #more(count: number): string[] {
    return count > 0
      ? [`- ${this.#text({ text: "and {more} more; as JSON all are listed", values: { more: count } })}`]
      : [];
  }

  #place(span: Span | undefined): string {
    const place = this.#report.placeOf(span);
    return place ? ` (${this.#text({ text: "line {line}", values: { line: place.line } })})` : "";
  }
}

/** What a step would run, below its line, where that is worth a look: it does not go well. */
function codeOf(step: Step): string[] {
  if (answerOf(step) === "runs") return [];
  if (step.kind === "code") return fence("perl", step.code);
  return step.kind === "statement" ? fence("sql", step.statement.sql) : [];
}

/** A fenced block inside a list; the fence is longer than any in the text. */
function fence(language: string, code: string): string[] {
  const text = severalLines(shortened(code, shownCode)).replace(/\r\n?/g, "\n");
  const ticks = "`".repeat(Math.max(2, longestTicks(text)) + 1);
  return ["", `  ${ticks}${language}`, ...text.split("\n").map((line) => `  ${line}`), `  ${ticks}`, ""];
}
