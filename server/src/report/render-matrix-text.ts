import type { PathVerdict } from "../proof/upgrade-paths.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { MatrixReport } from "./matrix-report.ts";
import { matrixBlocks, matrixNotes, matrixSections } from "./matrix-sections.ts";
import {
  blocksTitle,
  matrixTitle,
  productsOf,
  rowTitle,
  verdictSigns,
  verdictTitles,
} from "./matrix-words.ts";
import { moreRows, type TextOptions, TextWriter } from "./text-writer.ts";

/** A matrix for a terminal: one table for each product, and what is behind its words. Ends with a line break. */
export function renderMatrixText(report: MatrixReport, options: TextOptions): string {
  const writer = new TextWriter(options);
  writer.heading(matrixTitle(report));
  writer.blank();
  for (const note of matrixNotes(report)) writer.row("", writer.text(note), 0);
  writeTables(report, writer);
  for (const { title, isFault, items } of matrixSections(report)) {
    writer.section(title);
    for (const { sentence, more, span } of items.slice(0, shownRows)) {
      const place = report.placeOf(span);
      const where = place ? ` (${report.fileName ?? ""}:${place.line}:${place.column})` : "";
      writer.item(isFault ? "✗" : "·", isFault ? "bad" : undefined, writer.text(sentence) + where);
      if (more.length > 0) writer.item(" ", undefined, more.map((each) => writer.text(each)).join(" "));
    }
    const rest = items.length - shownRows;
    if (rest > 0) writer.item(" ", undefined, writer.text(moreRows(rest)));
  }
  const blocks = matrixBlocks(report);
  if (blocks.length > 0) writer.section(blocksTitle);
  for (const { sentence, more } of blocks) {
    writer.item("·", undefined, writer.text(sentence));
    for (const each of more) writer.item(" ", undefined, writer.text(each));
  }
  return writer.end();
}

/** Entries of one list that are printed. */
const shownRows = 50;

/** Products on which everything goes the same way share a table. */
function writeTables({ rows, columns }: MatrixReport, writer: TextWriter): void {
  const titles = rows.map((row) => writer.text(rowTitle(row)));
  const tables = new Map<string, { readonly products: string[]; readonly places: readonly number[] }>();
  for (const [product, places] of productsOf(columns)) {
    const key = JSON.stringify(rows.map(({ cells }) => places.map((place) => cells[place]!.verdict)));
    const alike = tables.get(key);
    if (alike) alike.products.push(product);
    else tables.set(key, { products: [product], places });
  }
  for (const { products, places } of tables.values()) {
    writer.section({ text: "On {systems}", values: { systems: products.join(", ") } });
    const heads = places.map((place) => databaseTitles[columns[place]!.database]);
    const texts = rows.map(({ cells }) => places.map((place) => cellText(cells[place]!.verdict, writer)));
    const width = Math.max(...titles.map(({ length }) => length));
    const widths = heads.map((head, index) =>
      Math.max(head.length, ...texts.map((row) => row[index]!.length)),
    );
    const line = (title: string, cells: readonly string[]) => {
      const padded = cells.map((cell, index) => cell.padEnd(widths[index]!));
      return `  ${title.padEnd(width)}  ${padded.join("  ")}`.trimEnd();
    };
    writer.line(line("", heads));
    for (const [index, title] of titles.entries()) writer.line(line(title, texts[index]!));
  }
}

function cellText(verdict: PathVerdict, writer: TextWriter): string {
  return `${verdictSigns[verdict]} ${writer.text(verdictTitles[verdict])}`;
}
