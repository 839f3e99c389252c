import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { htmlLine } from "./escape-html.ts";
import { htmlDocument } from "./html-document.ts";
import type { MatrixReport } from "./matrix-report.ts";
import { type MatrixItem, matrixBlocks, matrixNotes, matrixSections } from "./matrix-sections.ts";
import {
  blocksTitle,
  columnTitle,
  legendTitle,
  matrixTitle,
  pathTitle,
  rowTitle,
  verdictSigns,
  verdictTexts,
  verdictTitles,
} from "./matrix-words.ts";

/** A matrix as a whole document that loads nothing and runs nothing. @param nonce what the style is let in by */
export function renderMatrixHtml(
  report: MatrixReport,
  options: { readonly translate: Translate; readonly language: string; readonly nonce: string },
): string {
  const title = htmlLine(messageText(matrixTitle(report), options.translate));
  return htmlDocument(title, renderMatrixHtmlBody(report, options.translate), options);
}

/** What stands inside `main`. */
export function renderMatrixHtmlBody(report: MatrixReport, translate: Translate): string {
  const text = (message: Message) => htmlLine(messageText(message, translate));
  const heads = report.columns.map((column) => `<th scope="col">${htmlLine(columnTitle(column))}</th>`);
  const rows = report.rows.map((row) => {
    const cells = row.cells.map(
      ({ verdict }) =>
        `<td class="${verdict}"><span aria-hidden="true">${verdictSigns[verdict]}</span> ${text(verdictTitles[verdict])}</td>`,
    );
    return `<tr><th scope="row">${text(rowTitle(row))}</th>${cells.join("")}</tr>\n`;
  });
  const item = ({ sentence, more, span }: MatrixItem) => {
    const place = report.placeOf(span);
    const where = place
      ? ` <code>${htmlLine(`${report.fileName ?? ""}:${place.line}:${place.column}`)}</code>`
      : "";
    const rest = more.map((message) => `<br>${text(message)}`).join("");
    return `<li>${text(sentence)}${where}${rest}</li>\n`;
  };
  const list = (title: Message, items: readonly MatrixItem[]) =>
    items.length === 0 ? "" : `<h2>${text(title)}</h2>\n<ul>\n${items.map(item).join("")}</ul>\n`;
  const shown = new Set(report.rows.flatMap(({ cells }) => cells.map(({ verdict }) => verdict)));
  const legend = [...shown].map((verdict) => ({
    sentence: verdictTitles[verdict],
    more: [verdictTexts[verdict]],
    span: undefined,
  }));
  return `<h1>${text(matrixTitle(report))}</h1>
${matrixNotes(report)
  .map((note) => `<p>${text(note)}</p>\n`)
  .join("")}<table class="matrix">
<thead><tr><th scope="col">${text(pathTitle)}</th>${heads.join("")}</tr></thead>
<tbody>
${rows.join("")}</tbody>
</table>
${matrixSections(report)
  .map(({ title, items }) => list(title, items))
  .join("")}${list(blocksTitle, matrixBlocks(report))}${list(legendTitle, legend)}`;
}
