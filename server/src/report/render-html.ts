import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Step } from "../lifecycle/plan.ts";
import { withoutCommonIndent } from "../text/common-indent.ts";
import type { Span } from "../text/span.ts";
import { shortened } from "../text/visible.ts";
import { type Answer, answerOf } from "./answer.ts";
import { basisText } from "./basis-line.ts";
import { continuesAs } from "./continues-as.ts";
import { describeStep } from "./describe-step.ts";
import {
  changeSigns,
  changeTitles,
  type DifferenceRow,
  differenceRows,
  partTitles,
  subjectTitles,
} from "./difference-rows.ts";
import { htmlLine } from "./escape-html.ts";
import { headingOf } from "./heading.ts";
import { type DocumentOptions, htmlDocument } from "./html-document.ts";
import {
  attributeOf,
  filterHtml,
  foldHtml,
  placeHtml,
  preformattedHtml,
  sectionHtml,
  tableHtml,
} from "./html-pieces.ts";
import { measuredLines, measuredTitle } from "./measured-words.ts";
import { inputsLine, inputsTitle } from "./report-inputs.ts";
import type { ReportIntro } from "./report-intros.ts";
import type { DryRunReport } from "./report-model.ts";
import { sanitiseIntro } from "./sanitise-intro.ts";
import { entryNotesOf, notesOf, noteTitles, remainsOf, type StepNote } from "./step-notes.ts";
import type { SystemDifference } from "./system-difference.ts";
import type { TimelineEntry } from "./timeline.ts";
import { type AnswerCounts, verdictText } from "./verdict.ts";
import {
  answerOrNone,
  answerSigns,
  answerTitles,
  laneTitles,
  oldestRefusal,
  oldestTitle,
  promisedEnd,
  refusalsTitle,
  sameOnOldest,
  toneSigns,
} from "./words.ts";

export interface HtmlOptions {
  readonly translate: Translate;
  /** True where something listens: places become buttons with the offsets they lead to. */
  readonly interactive: boolean;
}

export interface HtmlDocumentOptions extends HtmlOptions, DocumentOptions {}

/** The report as a whole document that loads nothing and, without a script of ours, runs nothing. */
export function renderHtmlDocument(report: DryRunReport, options: HtmlDocumentOptions): string {
  const { translate } = options;
  return htmlDocument(messageHtml(headingOf(report), translate), renderHtmlBody(report, options), options);
}

/**
 * What stands inside `main`, so that a view can replace it while the spec is being edited. Folds carry a `data-fold`
 * that stays the same for the same thing, so that the view can keep them open.
 */
export function renderHtmlBody(report: DryRunReport, options: HtmlOptions): string {
  return new HtmlWriter(report, options).body();
}

/** Rows of the timeline that are shown; a page with more than these helps nobody and takes seconds to lay out. */
const shownEntries = 1000;
/** Names in one list. */
const shownRows = 500;
/** Characters of one value in a row. */
const shownValue = 200;
/** Characters of one text. */
const shownText = 4000;
/** Characters of one piece of code or SQL, and of all of them together. */
const shownCode = 20_000;
const shownCodeInAll = 1_000_000;

function messageHtml(message: Message, translate: Translate): string {
  return htmlLine(messageText(message, translate));
}

class HtmlWriter {
  readonly #report: DryRunReport;
  readonly #translate: Translate;
  readonly #interactive: boolean;
  readonly #explained = new Set<string>();
  #codeLeft = shownCodeInAll;

  constructor(report: DryRunReport, { translate, interactive }: HtmlOptions) {
    this.#report = report;
    this.#translate = translate;
    this.#interactive = interactive;
  }

  body(): string {
    const report = this.#report;
    return (
      this.#header() +
      this.#section(measuredTitle, this.#measured()) +
      this.#section(
        { text: "What an uninstall leaves behind" },
        report.leftovers ? this.#difference(report.leftovers, "leftovers", "open") : "",
      ) +
      `<p class="basis">${htmlLine(basisText(report, this.#translate))}</p>\n` +
      this.#section({ text: "Taken for granted" }, this.#list(report.assumptions)) +
      this.#section(refusalsTitle(report), this.#refusals()) +
      this.#section({ text: "Steps" }, this.#timeline()) +
      this.#oldest() +
      this.#section({ text: "What the documentation promises instead" }, this.#promise()) +
      this.#section({ text: "What is different afterwards" }, this.#difference(report.difference, "after")) +
      this.#section({ text: "Texts shown to the administrator" }, report.intros.map(this.#intro).join("")) +
      this.#inputs()
    );
  }

  #measured(): string {
    const { measured } = this.#report;
    if (!measured) return "";
    const items = measuredLines(measured).map(
      ({ sign, messages }) => `<li>${sign} ${messages.map((message) => this.#text(message)).join(" ")}</li>`,
    );
    return `<ul>${items.join("")}</ul>\n`;
  }

  #text(message: Message): string {
    return htmlLine(shortened(messageText(message, this.#translate), shownText));
  }

  #header(): string {
    const { verdict, fileName } = this.#report;
    return `<header>
${fileName === undefined ? "" : `<p class="file">${htmlLine(fileName)}</p>\n`}<h1>${this.#text(headingOf(this.#report))}</h1>
</header>
<p class="verdict ${verdict.tone}"><span class="sign" aria-hidden="true">${toneSigns[verdict.tone]}</span><span>${htmlLine(verdictText(verdict, this.#translate))}</span></p>
${this.#counts(this.#report.counts)}`;
  }

  #inputs(): string {
    const { inputs } = this.#report;
    if (!inputs) return "";
    const line = htmlLine(inputsLine(inputs, this.#translate));
    return `<p class="inputs">${this.#text(inputsTitle)}: ${line}.</p>\n`;
  }

  #counts(counts: AnswerCounts): string {
    const items = (Object.keys(countTitles) as Answer[]).map((answer) => {
      const zero = counts[answer] === 0 ? ' class="zero"' : "";
      return `<li${zero}><span aria-hidden="true">${answerSigns[answer]}</span> <b>${counts[answer]}</b> ${this.#text(countTitles[answer])}</li>`;
    });
    return `<ul class="counts" aria-label="${this.#text({ text: "Steps by outcome" })}">${items.join("")}</ul>\n`;
  }

  #section(title: Message, contents: string): string {
    return sectionHtml(this.#text(title), contents);
  }

  #list(messages: readonly Message[]): string {
    if (messages.length === 0) return "";
    return `<ul>${messages.map((message) => `<li>${this.#text(message)}</li>`).join("")}</ul>\n`;
  }

  #refusals(): string {
    const { refusals } = this.#report;
    if (refusals.length === 0) return "";
    const items = refusals.map(
      (refusal) =>
        `<li${this.#attributes(refusal.span)}><span aria-hidden="true">✗</span> ${this.#text(refusal)}${this.#place(refusal.span)}</li>`,
    );
    return `<ul class="plain">${items.join("")}</ul>\n`;
  }

  #timeline(): string {
    const { timeline } = this.#report;
    if (timeline.length === 0) return "";
    let html = `${this.#filter()}<ol class="timeline">\n`;
    let depth = 1;
    for (const [index, entry] of timeline.slice(0, shownEntries).entries()) {
      const first = entry.kind === "step" ? entry.step : entry.steps[0]!;
      if (first.depth > depth) {
        html += `<li class="turn">${this.#text(continuesAs(first.operation))}</li>\n`;
        depth = first.depth;
      }
      html += entry.kind === "step" ? this.#step(entry.step, index + 1) : this.#group(entry, index + 1);
    }
    return `${html}</ol>\n${this.#more(timeline.length - shownEntries)}`;
  }

  #filter(): string {
    const hidden: Message = { text: "Steps that go as planned are hidden." };
    return filterHtml(this.#translate, this.#interactive, this.#text(hidden));
  }

  #step(step: Step, number: number): string {
    const { lane, key, span } = step;
    const answer = answerOf(step);
    return `<li class="step ${answer}"${attentionOf([step])} data-key="${attributeOf(key)}"${this.#attributes(span)}>${this.#marks(number, lane, answer)}<div class="body">${this.#line(answer, this.#text(describeStep(step)), this.#place(span))}${this.#remains(step)}${this.#notes(notesOf(step, this.#explained))}${this.#folds(step)}</div></li>\n`;
  }

  #group(group: Extract<TimelineEntry, { readonly kind: "group" }>, number: number): string {
    const { lane, answer, title, steps } = group;
    const first = steps[0]!;
    const rows = steps.slice(0, shownRows).map((step) => {
      if (step.kind === "statement")
        return `<li>${this.#place(step.span)}${this.#shownCode(step.statement.sql)}</li>`;
      const name = "location" in step ? step.location : this.#translate(...titleOf(step));
      return `<li${this.#attributes(step.span)}><code>${htmlLine(shortened(name, 500))}</code>${this.#place(step.span)}</li>`;
    });
    const list = `<ul class="${first.kind === "statement" ? "plain" : "files"}">${rows.join("")}</ul>${this.#more(steps.length - shownRows)}`;
    const summary: Message = { text: "All {count}", values: { count: steps.length } };
    return `<li class="step ${answer}"${attentionOf(steps)} data-key="${attributeOf(first.key)}"${this.#attributes(group.span)}>${this.#marks(number, lane, answer)}<div class="body">${this.#line(answer, this.#text(title), this.#place(group.span))}${this.#notes(entryNotesOf(group, this.#explained))}${this.#fold(`group ${first.key}`, summary, list)}</div></li>\n`;
  }

  #marks(number: number, lane: Step["lane"], answer: Answer): string {
    return `<span class="number">${number}</span><span class="mark" aria-hidden="true">${answerSigns[answer]}</span><span class="lane">${this.#text(laneTitles[lane])}</span>`;
  }

  #line(answer: Answer, title: string, place: string): string {
    const word =
      answer === "runs"
        ? ""
        : `<span class="outcome"><span aria-hidden="true">${answerSigns[answer]} </span>${this.#text(answerTitles[answer])}</span> `;
    return `<p>${word}<span class="title">${title}</span>${place}</p>`;
  }

  #notes(notes: readonly StepNote[]): string {
    if (notes.length === 0) return "";
    const items = notes.map(({ kind, message }) => {
      const title = noteTitles[kind];
      const name = title ? `<span class="name">${this.#text(title)}:</span> ` : "";
      return `<li class="${kind}">${name}${this.#text(message)}</li>`;
    });
    return `<ul class="notes">${items.join("")}</ul>`;
  }

  #folds(step: Step): string {
    return (
      (step.kind === "code" ? this.#code(step.key, { text: "Code" }, step.code) : "") +
      (step.kind === "statement" ? this.#code(step.key, { text: "SQL" }, step.statement.sql) : "")
    );
  }

  /** Beside the title, because most steps have it and few readers want it. */
  #remains(step: Step): string {
    const remains = remainsOf(step);
    if (!remains) return "";
    const text = `<p>${this.#text(remains)}</p>`;
    return this.#fold(`remains ${step.key}`, { text: "If it failed" }, text, "remains");
  }

  #code(key: string, title: Message, code: string): string {
    return this.#fold(`code ${key}`, title, this.#shownCode(code));
  }

  #shownCode(code: string): string {
    const shown = shortened(code, Math.min(shownCode, this.#codeLeft));
    this.#codeLeft -= Math.min(shown.length, this.#codeLeft);
    const rest = shown.length < code.length ? `<p>${this.#text(restInJson)}</p>` : "";
    return `${preformattedHtml(withoutCommonIndent(shown))}${rest}`;
  }

  #oldest(): string {
    const { oldest } = this.#report;
    if (!oldest) return "";
    const refusal = oldestRefusal(oldest);
    if (refusal) {
      return this.#section(
        oldestTitle(oldest),
        `<p><span aria-hidden="true">✗</span> ${this.#text(refusal)} ${this.#text(oldest.refusal!)}</p>\n`,
      );
    }
    if (oldest.steps.length === 0) {
      return this.#section(oldestTitle(oldest), `<p>${this.#text(sameOnOldest)}</p>\n`);
    }
    const rows = oldest.steps.slice(0, shownRows).map(({ title, here, there, reason, step }) => {
      const why = reason ? ` ${this.#text(reason)}` : "";
      return `<tr${this.#attributes(step.span)}><td>${this.#text(title)}${this.#place(step.span)}</td><td>${this.#text(answerOrNone(here))}</td><td>${this.#text(answerOrNone(there))}${why}</td></tr>`;
    });
    const heads = [{ text: "Step" }, { text: "Here" }, { text: "There" }].map(
      (title) => `<th scope="col">${this.#text(title)}</th>`,
    );
    return this.#section(
      oldestTitle(oldest),
      `${tableHtml(heads.join(""), rows.join(""))}\n${this.#more(oldest.steps.length - shownRows)}`,
    );
  }

  #promise(): string {
    const { promise } = this.#report;
    if (!promise || (promise.steps.length === 0 && !promise.end)) return "";
    const rows = promise.steps
      .slice(0, shownRows)
      .map(
        ({ title, actual, promised, step }) =>
          `<tr${this.#attributes(step.span)}><td>${this.#text(title)}${this.#place(step.span)}</td><td>${this.#text(answerOrNone(promised))}</td><td>${this.#text(answerOrNone(actual))}</td></tr>`,
      );
    const heads = [{ text: "Step" }, { text: "Promised" }, { text: "In truth" }].map(
      (title) => `<th scope="col">${this.#text(title)}</th>`,
    );
    const end = promise.end ? `<p>${this.#text(promisedEnd)} ${this.#text(promise.end)}</p>\n` : "";
    if (rows.length === 0) return end;
    return `${end}${tableHtml(heads.join(""), rows.join(""))}\n${this.#more(promise.steps.length - shownRows)}`;
  }

  #difference(difference: SystemDifference, name: string, state?: "open"): string {
    return differenceRows(difference)
      .map(([part, rows]) => {
        const heads = [{ text: "Change" }, subjectTitles[part], { text: "Details" }].map(
          (head) => `<th scope="col">${this.#text(head)}</th>`,
        );
        const shown = this.#differenceRows(rows.slice(0, shownRows));
        const title: Message = {
          text: "{part}: {count}",
          values: { part: this.#translate(partTitles[part].text), count: rows.length },
        };
        const list = `${tableHtml(heads.join(""), shown, "difference")}${this.#more(rows.length - shownRows)}`;
        return `${this.#fold(`${name} ${part}`, title, list, undefined, state)}\n`;
      })
      .join("");
  }

  /** Rows that come or go together in one table stand below the names of its columns. */
  #differenceRows(rows: readonly DifferenceRow[]): string {
    let html = "";
    for (let index = 0; index < rows.length; ) {
      const first = rows[index]!;
      let end = index + 1;
      while (end < rows.length && isSameTable(first, rows[end]!)) end++;
      html += this.#differenceRow(first, rows.slice(index, end));
      index = end;
    }
    return html;
  }

  /** @param rows with the first, those that are told together with it */
  #differenceRow({ change, subject, detail, row }: DifferenceRow, rows: readonly DifferenceRow[]): string {
    const sign = `<span class="sign" aria-hidden="true">${changeSigns[change]}</span>`;
    const details = row ? this.#valuesTable(row.columns, rows) : detail ? this.#text(detail) : "";
    return `<tr><td class="change">${sign}${this.#text(changeTitles[change])}</td><td><code>${htmlLine(shortened(subject, 500))}</code></td><td>${details}</td></tr>`;
  }

  #valuesTable(columns: readonly string[], rows: readonly DifferenceRow[]): string {
    const heads = columns.map((column) => `<th scope="col"><code>${htmlLine(column)}</code></th>`);
    const lines = rows.map(({ row }) => {
      const cells = columns.map((_, index) => {
        const value = row?.values[index];
        if (value === null || value === undefined) return '<td class="null">NULL</td>';
        return `<td>${htmlLine(shortened(String(value), shownValue))}</td>`;
      });
      return `<tr>${cells.join("")}</tr>`;
    });
    return tableHtml(heads.join(""), lines.join(""), "values");
  }

  readonly #intro = ({ phase, where, title, text, span }: ReportIntro): string => {
    const html = where === "admin" ? sanitiseIntro(text) : preformattedHtml(shortened(text, shownCode));
    const nothing: Message = { text: "An empty box is shown." };
    const heading = title === "" ? "" : `<h3>${htmlLine(shortened(title, shownText))}</h3>`;
    const box = text === "" ? `<p>${this.#text(nothing)}</p>` : `<div class="intro">${html}</div>`;
    return `${this.#fold(`intro ${where} ${phase}`, introTitles[where][phase], `${heading}${box}${this.#place(span)}`)}\n`;
  };

  #fold(key: string, title: Message, contents: string, name?: string, state?: "open"): string {
    return foldHtml(key, this.#text(title), contents, { name, isOpen: state === "open" });
  }

  #more(count: number): string {
    return count > 0
      ? `<p>${this.#text({ text: "and {more} more; as JSON all are listed", values: { more: count } })}</p>\n`
      : "";
  }

  /** The place of something in the spec, for whoever wants to go there. */
  #attributes(span: Span | undefined): string {
    const place = this.#report.placeOf(span);
    return place ? ` data-start="${place.start}" data-end="${place.end}" data-line="${place.line}"` : "";
  }

  #place(span: Span | undefined): string {
    return placeHtml(this.#report.placeOf(span), this.#translate, this.#interactive);
  }
}

/** An attribute for what a reader has to look at: what does not simply run, is odd or writes an error to the log. */
function attentionOf(steps: readonly Step[]): string {
  const isOdd = steps.some(
    (step) =>
      !["runs", "skipped"].includes(answerOf(step)) ||
      step.quirks.length > 0 ||
      step.log.some(({ priority }) => priority === "error"),
  );
  return isOdd ? ' data-attention=""' : "";
}

function isSameTable(a: DifferenceRow, b: DifferenceRow): boolean {
  return (
    a.row !== undefined &&
    b.row !== undefined &&
    a.change === b.change &&
    a.subject === b.subject &&
    a.row.columns.join("\n") === b.row.columns.join("\n")
  );
}

const countTitles: Readonly<Record<Answer, Message>> = {
  runs: { text: "run" },
  unknown: { text: "cannot be known" },
  fails: { text: "fail" },
  skipped: { text: "are skipped" },
  never: { text: "never run" },
};

const introTitles: Readonly<Record<ReportIntro["where"], Readonly<Record<ReportIntro["phase"], Message>>>> = {
  admin: {
    pre: { text: "On the admin screen, before" },
    post: { text: "On the admin screen, afterwards" },
  },
  console: { pre: { text: "On the console, before" }, post: { text: "On the console, afterwards" } },
};

const restInJson: Message = { text: "The rest is left out here; as JSON it is complete." };

function titleOf(step: Step): Parameters<Translate> {
  const { text, values = {} } = describeStep(step);
  return [text, values];
}
