import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { oneLine } from "../text/visible.ts";
import type { MatrixReport } from "./matrix-report.ts";
import { type MatrixItem, matrixBlocks, matrixNotes, matrixSections } from "./matrix-sections.ts";
import {
  blocksTitle,
  columnTitle,
  matrixTitle,
  rowTitle,
  verdictSigns,
  verdictTitles,
} from "./matrix-words.ts";

/** A matrix as Markdown, for a ticket or a review. */
export function renderMatrixMarkdown(report: MatrixReport, translate: Translate): string {
  const plain = (text: string) => escapeMarkdown(oneLine(text));
  const text = (message: Message) => plain(messageText(message, translate));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [
    line(["", ...report.columns.map((column) => plain(columnTitle(column)))]),
    line(["---", ...report.columns.map(() => "---")]),
    ...report.rows.map((row) =>
      line([
        text(rowTitle(row)),
        ...row.cells.map(({ verdict }) => `${verdictSigns[verdict]} ${text(verdictTitles[verdict])}`),
      ]),
    ),
  ];
  const item = ({ sentence, more, span }: MatrixItem) => {
    const place = report.placeOf(span);
    const where = place ? ` (${plain(`${report.fileName ?? ""}:${place.line}:${place.column}`)})` : "";
    return `- ${[text(sentence) + where, ...more.map(text)].join(" ")}`;
  };
  const list = (title: Message, items: readonly MatrixItem[]) =>
    items.length === 0 ? [] : [`## ${text(title)}`, items.map(item).join("\n")];
  return `${[
    `# ${text(matrixTitle(report))}`,
    ...matrixNotes(report).map(text),
    table.join("\n"),
    ...matrixSections(report).flatMap(({ title, items }) => list(title, items)),
    ...list(blocksTitle, matrixBlocks(report)),
  ].join("\n\n")}\n`;
}
