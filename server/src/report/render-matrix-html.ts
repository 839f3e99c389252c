import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Difference } from "../proof/compare-systems.ts";
import { databaseTitles } from "../protocol/databases.ts";
import { htmlLine } from "./escape-html.ts";
import { htmlDocument } from "./html-document.ts";
import type { MatrixReport, Told } from "./matrix-report.ts";
import { type MatrixItem, matrixBlocks, matrixNotes, matrixSections } from "./matrix-sections.ts";
import {
  blocksTitle,
  legendTitle,
  matrixTitle,
  pathTitle,
  productsOf,
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

/** What a page in the editor has beside the document. */
export interface MatrixButtons {
  /** Titles of what mends a difference, with what the page calls each of them. */
  readonly fixesOf: (
    difference: Told<Difference>,
  ) => readonly { readonly title: string; readonly name: string }[];
}

/**
 * What stands inside `main`.
 *
 * @param buttons for a page that can do something; absent for a document
 */
export function renderMatrixHtmlBody(
  report: MatrixReport,
  translate: Translate,
  buttons?: MatrixButtons,
): string {
  const text = (message: Message) => htmlLine(messageText(message, translate));
  const products = [...productsOf(report.columns)].map(
    ([product, { length }]) => `<th scope="colgroup" colspan="${length}">${htmlLine(product)}</th>`,
  );
  const databases = report.columns.map(
    ({ database }) => `<th scope="col">${htmlLine(databaseTitles[database])}</th>`,
  );
  const rows = report.rows.map((row, rowIndex) => {
    const cells = row.cells.map(({ verdict }, column) => {
      const shown = `<span aria-hidden="true">${verdictSigns[verdict]}</span> ${text(verdictTitles[verdict])}`;
      const inside = buttons
        ? `<button type="button" class="cell" tabindex="-1" data-row="${rowIndex}" data-column="${column}">${shown}</button>`
        : shown;
      return `<td class="${verdict}">${inside}</td>`;
    });
    return `<tr><th scope="row">${text(rowTitle(row))}</th>${cells.join("")}</tr>\n`;
  });
  const item = ({ sentence, more, span, difference }: MatrixItem) => {
    const place = report.placeOf(span);
    const where = place ? ` ${placeHtml(place, report.fileName, buttons !== undefined)}` : "";
    const rest = more.map((message) => `<br>${text(message)}`).join("");
    const fixes = ((difference && buttons?.fixesOf(difference)) ?? []).map(
      ({ title, name }) =>
        `<br><button type="button" class="fix" data-fix="${htmlLine(name)}">${htmlLine(title)}</button>`,
    );
    return `<li>${text(sentence)}${where}${rest}${fixes.join("")}</li>\n`;
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
<thead><tr><th scope="col" rowspan="2">${text(pathTitle)}</th>${products.join("")}</tr>
<tr>${databases.join("")}</tr></thead>
<tbody>
${rows.join("")}</tbody>
</table>
${matrixSections(report)
  .map(({ title, items }) => list(title, items))
  .join("")}${list(blocksTitle, matrixBlocks(report))}${list(legendTitle, legend)}`;
}

function placeHtml(
  { start, end, line, column }: NonNullable<ReturnType<MatrixReport["placeOf"]>>,
  fileName = "",
  isButton: boolean,
): string {
  const shown = htmlLine(`${fileName}:${line}:${column}`);
  return isButton
    ? `<button type="button" class="place" data-start="${start}" data-end="${end}">${shown}</button>`
    : `<code>${shown}</code>`;
}
