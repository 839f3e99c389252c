import type { CatalogueDifference } from "../database/compare-catalogue.ts";
import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { shortened } from "../text/visible.ts";
import { startOf } from "./describe-step.ts";
import { htmlLine } from "./escape-html.ts";
import {
  attributeOf,
  filterHtml,
  foldHtml,
  placeHtml,
  preformattedHtml,
  sectionHtml,
  tableHtml,
} from "./html-pieces.ts";
import {
  countOutcomes,
  isAllDone,
  isForetoldWrongly,
  isOperationDone,
  type MeasuredOutcome,
  measuredOutcomes,
  type VerifiedOperation,
  type VerifiedStatement,
  type VerifyReport,
} from "./verify-report.ts";
import {
  differenceMessages,
  differencesNote,
  differencesTitle,
  failedBeforeTitle,
  operationSentence,
  operationTitle,
  outcomeSigns,
  outcomeTitles,
  serverNotes,
  statementNotes,
  statementsTitle,
  verifyHeading,
} from "./verify-words.ts";
import { refusalsTitle, toneSigns } from "./words.ts";

/** Rows of one list that are shown; a page with more helps nobody and takes seconds to lay out. */
const shownRows = 1000;
/** Characters of one statement. */
const shownSql = 20_000;

/** What stands inside `main` of the page about statements that were executed. Places are buttons with their offsets. */
export function renderVerifyHtmlBody(report: VerifyReport, translate: Translate): string {
  const text = (message: Message) => htmlLine(messageText(message, translate));
  const notes = serverNotes(report).map((note) => `<li>${text(note)}</li>`);
  const tone = isAllDone(report) ? (isAsForetold(report) ? "good" : "look") : "bad";
  const sentences = report.operations.map(
    (operation) => `${text(operationTitle(operation))}: ${text(operationSentence(operation))}`,
  );
  const file = report.fileName === undefined ? "" : `<p class="file">${htmlLine(report.fileName)}</p>\n`;
  const attention = htmlLine(translate("Statements that were done as foretold are hidden."));
  return `<header>
${file}<h1>${text(verifyHeading(report))}</h1>
</header>
<p class="verdict ${tone}"><span class="sign" aria-hidden="true">${toneSigns[tone]}</span><span>${sentences.join("<br>")}</span></p>
<ul>${notes.join("")}</ul>
${filterHtml(translate, true, attention)}${report.operations.map(operationHtml).join("")}`;

  function operationHtml(operation: VerifiedOperation): string {
    const { verdict, statements, preparation, refusals, assumptions, differences = [] } = operation;
    const name = operation.operation;
    const sign = isOperationDone(operation) ? "✓" : "✗";
    return sectionHtml(
      text(operationTitle(operation)),
      `<p><span aria-hidden="true">${sign}</span> ${text(operationSentence(operation))}</p>\n` +
        countsHtml(operation) +
        listHtml(assumptions) +
        part(refusalsTitle({ verdict: { kind: verdict } }), listHtml(refusals)) +
        part(failedBeforeTitle, statementsHtml(preparation.failed, `${name} before`, false)) +
        part(statementsTitle, statementsHtml(statements, name, true)) +
        part(differencesTitle, differencesHtml(differences)),
    );
  }

  function part(title: Message, contents: string): string {
    return contents === "" ? "" : `<h3>${text(title)}</h3>\n${contents}`;
  }

  function countsHtml({ statements, milliseconds }: VerifiedOperation): string {
    if (statements.length === 0) return "";
    const counts = countOutcomes(statements);
    const items = measuredOutcomes.map((outcome) => {
      const zero = counts[outcome] === 0 ? ' class="zero"' : "";
      return `<li${zero}><span aria-hidden="true">${outcomeSigns[outcome]}</span> <b>${counts[outcome]}</b> ${text(outcomeTitles[outcome])}</li>`;
    });
    const time = htmlLine(translate("{time} ms", { time: Math.round(milliseconds) }));
    const label = htmlLine(translate("Statements by outcome"));
    return `<ul class="counts" aria-label="${label}">${items.join("")}<li>${time}</li></ul>\n`;
  }

  function listHtml(messages: readonly Message[]): string {
    if (messages.length === 0) return "";
    return `<ul>${messages.map((message) => `<li>${text(message)}</li>`).join("")}</ul>\n`;
  }

  /** @param isOwn whether they stand in the package that the report is about */
  function statementsHtml(statements: readonly VerifiedStatement[], group: string, isOwn: boolean): string {
    if (statements.length === 0) return "";
    const rows = statements
      .slice(0, shownRows)
      .map((each, index) => statementHtml(each, index + 1, `${group} ${each.key}`, isOwn));
    return `<ol class="timeline">\n${rows.join("")}</ol>\n${moreHtml(statements.length - shownRows)}`;
  }

  function statementHtml(statement: VerifiedStatement, number: number, key: string, isOwn: boolean): string {
    const { outcome, sql, element, span, milliseconds } = statement;
    const needsAttention = outcome === "failed" || outcome === "open" || isForetoldWrongly(statement);
    const attention = needsAttention ? ' data-attention=""' : "";
    const place = placeHtml(isOwn ? report.placeOf(span) : undefined, translate, true);
    const sign = `<span aria-hidden="true">${outcomeSigns[outcome]} </span>`;
    const word =
      outcome === "done" ? "" : `<span class="outcome">${sign}${text(outcomeTitles[outcome])}</span> `;
    const time = htmlLine(translate("{time} ms", { time: milliseconds.toFixed(1) }));
    const notes = statementNotes(statement, report).map(
      (note, index) =>
        `<li${index === 0 && outcome === "failed" ? ' class="reason"' : ""}>${text(note)}</li>`,
    );
    const told = notes.length === 0 ? "" : `<ul class="notes">${notes.join("")}</ul>`;
    const code = foldHtml(`code ${key}`, "SQL", preformattedHtml(shortened(sql, shownSql)));
    return `<li class="step ${classes[outcome]}"${attention} data-key="${attributeOf(key)}"><span class="number">${number}</span><span class="mark" aria-hidden="true">${outcomeSigns[outcome]}</span><span class="lane">${time}</span><div class="body"><p>${word}<span class="title">${htmlLine(element)}</span>: <code>${htmlLine(startOf(sql))}</code>${place}</p>${told}${code}</div></li>\n`;
  }

  function differencesHtml(differences: readonly CatalogueDifference[]): string {
    if (differences.length === 0) return "";
    const nothing = translate("nothing");
    const rows = differences.slice(0, shownRows).map((difference) => {
      const { foretold, found } = difference;
      const { place, what } = differenceMessages(difference);
      return `<tr><td><code>${text(place)}</code>, ${text(what)}</td><td>${htmlLine(foretold ?? nothing)}</td><td>${htmlLine(found ?? nothing)}</td></tr>`;
    });
    const heads = ["Where", "Foretold", "On the server"].map(
      (head) => `<th scope="col">${htmlLine(translate(head))}</th>`,
    );
    return `<p>${text(differencesNote)}</p>\n${tableHtml(heads.join(""), rows.join(""), "difference")}\n${moreHtml(differences.length - shownRows)}`;
  }

  function moreHtml(count: number): string {
    return count > 0
      ? `<p>${htmlLine(translate("and {more} more; as JSON all are listed", { more: count }))}</p>\n`
      : "";
  }
}

function isAsForetold({ operations }: VerifyReport): boolean {
  return operations.every(
    ({ statements, differences = [] }) => differences.length === 0 && !statements.some(isForetoldWrongly),
  );
}

/** As the report of a dry run calls what goes as well or as badly. */
const classes: Readonly<Record<MeasuredOutcome, string>> = {
  ...{ done: "runs", skipped: "skipped", open: "unknown", failed: "fails" },
};
