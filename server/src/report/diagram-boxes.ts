import type { LayoutBox, LayoutGraph, LayoutPoint, PlacedGraph } from "../host/diagram-layout.ts";
import type { Translate } from "../l10n/translate.ts";
import { oneLine, shortened } from "../text/visible.ts";
import type { DiagramColumn, DiagramModel, DiagramTable } from "./diagram-model.ts";
import { diagramWords, moreColumnsText, ownerText } from "./diagram-words.ts";

/** The letters of a diagram, in pixels. */
export const letters = { size: 12, line: 18 } as const;

/** The widths of the parts of a row, and what is around them. */
const padding = 10;
const gap = 14;
/** The sign in front of a row that is new or changed. */
export const signWidth = 14;

/** A table as it is drawn: its texts, cut to what fits, and where they stand in the box. */
export interface DrawnTable extends LayoutBox {
  readonly title: string;
  /** Whose it is, and what is new; one line each. */
  readonly labels: readonly string[];
  readonly rows: readonly DrawnRow[];
  /** What is said below of columns that are not shown; empty for nothing. */
  readonly rest: string;
  /** From the left edge of the box. */
  readonly columnsAt: { readonly name: number; readonly type: number; readonly keys: number };
  /** How far the first row is below the upper edge. */
  readonly rowsAt: number;
}

export interface DrawnRow {
  readonly sign: string;
  readonly name: string;
  readonly type: string;
  readonly keys: string;
}

/** What signs stand for: something new, something that was otherwise before. */
export const changeSigns = { new: "+", changed: "~" } as const;

export function drawnTable(table: DiagramTable, translate: Translate): DrawnTable {
  const title = shownText(table.name, 48);
  const labels = labelsOf(table, translate).map((label) => shownText(label, 60));
  const rows = table.columns.map(drawnRow);
  const rest = moreColumnsText(table, translate);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(textWidth));
  const nameWidth = widest(rows.map(({ name }) => name));
  const typeWidth = widest(rows.map(({ type }) => type));
  const keysWidth = widest(rows.map(({ keys }) => keys));
  const name = padding + signWidth;
  const type = name + nameWidth + gap;
  const keys = type + typeWidth + (typeWidth > 0 ? gap : 0);
  // The title is bold, which takes more room.
  const head = Math.max(widest([title]) * 1.1, widest(labels), widest([rest]));
  const width = Math.ceil(Math.max(120, head + 2 * padding, keys + keysWidth + padding));
  const rowsAt = (1 + labels.length) * letters.line + 12;
  const rowCount = rows.length + (rest === "" ? 0 : 1);
  const height = rowsAt + rowCount * letters.line + (rowCount > 0 ? 6 : 0);
  return { title, labels, rows, rest, columnsAt: { name, type, keys }, rowsAt, width, height };
}

function drawnRow({ name, type, isRequired, keys, change }: DiagramColumn): DrawnRow {
  const shownType = shownText(type, 24);
  return {
    sign: change ? changeSigns[change] : "",
    name: shownText(name, 48),
    // What may be left empty is said as in most diagrams of databases.
    type: shownType + (isRequired === false ? "?" : ""),
    keys: keys.join(" "),
  };
}

function labelsOf(table: DiagramTable, translate: Translate): readonly string[] {
  const labels = [ownerText(table, translate)];
  if (table.change) labels.push(`${changeSigns[table.change]} ${translate(diagramWords.newTable)}`);
  if (table.isOnlyUpgraded) labels.push(translate(diagramWords.onlyUpgraded));
  return labels;
}

/** A name on one line, cut where it is longer than any that a database takes. */
function shownText(text: string, length: number): string {
  return shortened(oneLine(text), length);
}

/**
 * How wide a text may become at most in a font whose letters are all as wide. The fonts that systems have for that differ,
 * and letters of East Asia take the room of two.
 */
export function textWidth(text: string): number {
  let units = 0;
  for (const character of text) units += character.codePointAt(0)! >= 0x1100 ? 2 : 1;
  return units * letters.size * 0.64;
}

/** The graph of a diagram: its tables as boxes, its references as lines from row to row. */
export function graphOf(model: DiagramModel, drawn: readonly DrawnTable[]): LayoutGraph {
  const rowOf = drawn.map(({ rowsAt, height }, index) => {
    const rows = new Map(
      model.tables[index]!.columns.map(({ name }, row) => [
        name.toLowerCase(),
        rowsAt + (row + 0.5) * letters.line,
      ]),
    );
    return (column: string) => rows.get(column.toLowerCase()) ?? Math.min(height / 2, letters.line);
  });
  return {
    boxes: drawn.map(({ width, height }) => ({ width, height })),
    lines: model.references.map(({ from, fromColumn, to, toColumn }) => ({
      from,
      fromY: rowOf[from]!(fromColumn),
      to,
      toY: rowOf[to]!(toColumn),
    })),
  };
}

const boxGap = 60;
const lineEnd = 20;

/** Places in columns, in the order of the boxes, for when nobody finds better ones. Takes no time to speak of. */
export function placedInColumns({ boxes, lines }: LayoutGraph): PlacedGraph {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + boxGap) * (height + boxGap), 0);
  const tallest = Math.max(Math.sqrt(area / 1.6), ...boxes.map(({ height }) => height));
  const places: LayoutPoint[] = [];
  let [x, y, columnWidth] = [0, 0, 0];
  for (const { width, height } of boxes) {
    if (y > 0 && y + height > tallest) {
      x += columnWidth + boxGap;
      [y, columnWidth] = [0, 0];
    }
    places.push({ x, y });
    y += height + boxGap / 2;
    columnWidth = Math.max(columnWidth, width);
  }
  return {
    boxes: places,
    lines: lines.map(({ from, fromY, to, toY }) => {
      const start = { x: places[from]!.x, y: places[from]!.y + fromY };
      const end = { x: places[to]!.x + boxes[to]!.width, y: places[to]!.y + toY };
      return [start, { x: start.x - lineEnd, y: start.y }, { x: end.x + lineEnd, y: end.y }, end];
    }),
  };
}
