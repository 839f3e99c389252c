import type { LayoutPoint, PlacedGraph } from "../host/diagram-layout.ts";
import { messageText, type Translate } from "../l10n/translate.ts";
import type { DiagramTheme } from "../protocol/diagram.ts";
import { escapeXml } from "../text/escape.ts";
import type { Span } from "../text/span.ts";
import { oneLine } from "../text/visible.ts";
import { changeSigns, type DrawnTable, letters, signWidth, textWidth } from "./diagram-boxes.ts";
import type { DiagramModel, DiagramReference, DiagramTable } from "./diagram-model.ts";
import { columnTexts, diagramLegend, diagramNotes, diagramTitle, ownerText } from "./diagram-words.ts";

const margin = 24;

/**
 * A diagram as a file: with its colours in it, and without anything that could be run or loaded.
 *
 * @param placed where the tables and references of the model are, in their order
 */
export function renderDiagramSvg(
  model: DiagramModel,
  drawn: readonly DrawnTable[],
  placed: PlacedGraph,
  theme: DiagramTheme,
  translate: Translate,
): string {
  const { body, width, height } = pictureOf(model, drawn, placed, false, translate);
  const title = escapeLine(diagramTitle(model, translate));
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<title>${title}</title>
<style>${themeStyle(theme)}${diagramStyle}</style>
<rect class="paper" width="${width}" height="${height}"/>
${body}</svg>
`;
}

/** The same for the page of a view, which has the style: tables can be reached by keyboard and lead to their places. */
export function renderDiagramView(
  model: DiagramModel,
  drawn: readonly DrawnTable[],
  placed: PlacedGraph,
  translate: Translate,
): string {
  const { body, width, height } = pictureOf(model, drawn, placed, true, translate);
  const title = escapeLine(diagramTitle(model, translate));
  return `<svg class="diagram" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${title}">
${body}</svg>`;
}

/** Text that is drawn below the head of a picture, and the parts of the diagram. */
function pictureOf(
  model: DiagramModel,
  drawn: readonly DrawnTable[],
  placed: PlacedGraph,
  isView: boolean,
  translate: Translate,
): { readonly body: string; readonly width: number; readonly height: number } {
  const corners = model.tables.flatMap((_, index) => {
    const [place, { width, height }] = [placed.boxes[index]!, drawn[index]!];
    return [place, { x: place.x + width, y: place.y + height }];
  });
  const points = [...corners, ...placed.lines.flat()];
  const edge = (pick: (point: LayoutPoint) => number, of: "min" | "max") =>
    points.reduce((found, point) => Math[of](found, pick(point)), points[0] ? pick(points[0]) : 0);
  const left = edge(({ x }) => x, "min");
  const top = edge(({ y }) => y, "min");
  const heading = isView ? [] : headingOf(model, translate);
  const head = heading.length * letters.line + (heading.length > 0 ? 12 : 0);
  const [dx, dy] = [margin - left, margin + head - top];
  const at = ({ x, y }: LayoutPoint): LayoutPoint => ({ x: round(x + dx), y: round(y + dy) });
  const lines = heading.map(
    (text, index) =>
      `<text class="${index === 0 ? "title" : "label"}" x="${margin}" y="${margin + 12 + index * letters.line}">${escapeLine(text)}</text>\n`,
  );
  const references = model.references.map((reference, index) =>
    referenceShape(model, reference, (placed.lines[index] ?? []).map(at), isView, translate),
  );
  const tables = model.tables.map((table, index) =>
    tableShape(table, drawn[index]!, at(placed.boxes[index]!), index, isView, translate),
  );
  const widest = Math.max(0, ...heading.map((text) => textWidth(text) * 1.1));
  const width = Math.ceil(Math.max(edge(({ x }) => x, "max") - left, widest) + 2 * margin);
  const height = Math.ceil(edge(({ y }) => y, "max") - top + head + 2 * margin);
  return { body: [...lines, ...references, ...tables].join(""), width, height };
}

function headingOf(model: DiagramModel, translate: Translate): readonly string[] {
  const notes = [...diagramNotes(model), diagramLegend].map((note) => messageText(note, translate));
  return [diagramTitle(model, translate), ...notes].map(oneLine);
}

function tableShape(
  table: DiagramTable,
  box: DrawnTable,
  { x, y }: LayoutPoint,
  index: number,
  isView: boolean,
  translate: Translate,
): string {
  const { width, height, columnsAt, rowsAt } = box;
  const text = (kind: string, left: number, line: number, said: string) =>
    said === ""
      ? ""
      : `<text class="${kind}" x="${round(x + left)}" y="${round(y + line)}">${escapeXml(said)}</text>`;
  const middle = letters.line * 0.7;
  const head = [
    text("name", 10, 6 + middle, box.title),
    ...box.labels.map((label, row) => text("label", 10, 6 + (row + 1) * letters.line + middle, label)),
  ].join("");
  const rows = box.rows.map((row, place) => {
    const column = table.columns[place]!;
    const line = rowsAt + place * letters.line + middle;
    const said = [oneLine(column.name), ...columnTexts(column, translate)].join(", ");
    const marked = column.change ? ` ${column.change}` : column.isAdded ? " added" : "";
    const reach = `<rect class="reach" x="${round(x + 1)}" y="${round(y + rowsAt + place * letters.line)}" width="${round(width - 2)}" height="${letters.line}"/>`;
    const parts = [
      text("sign", 10, line, row.sign),
      text("column", columnsAt.name, line, row.name),
      text("type", columnsAt.type, line, row.type),
      text("keys", columnsAt.keys, line, row.keys),
    ].join("");
    return `<g class="row${marked}"${placeAttributes(column.place, isView)}><title>${escapeLine(said)}</title>${isView ? reach : ""}${parts}</g>\n`;
  });
  const rest = text("label", columnsAt.name, rowsAt + box.rows.length * letters.line + middle, box.rest);
  const rule =
    box.rows.length > 0 || box.rest !== ""
      ? `<path class="rule" d="M${x} ${round(y + rowsAt - 3)}h${width}"/>`
      : "";
  const said = [
    translate("table {name}", { name: oneLine(table.name) }),
    ownerText(table, translate),
    ...box.labels.slice(1),
    translate("columns: {count}", { count: table.columns.length + (table.moreColumns ?? 0) }),
  ].join(", ");
  const control = isView
    ? ` tabindex="0" role="button" data-table="${index}" aria-label="${escapeLine(said)}"`
    : "";
  const mark = table.change === undefined ? "" : ` ${table.change}`;
  const bar = table.change ? `<path class="mark" d="M${x + 2.5} ${y + 1}v${height - 2}"/>` : "";
  return `<g class="table ${table.owner}${mark}"${control}${placeAttributes(table.place, isView)}><title>${escapeLine(said)}</title>
<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${table.owner === "own" ? 0 : 8}"/>${bar}
${head}${rule}
${rows.join("")}${rest}</g>
`;
}

/** The end at the table that refers has a crow's foot; the other one a bar. */
function referenceShape(
  model: DiagramModel,
  { from, fromColumn, to, toColumn, change, place }: DiagramReference,
  points: readonly LayoutPoint[],
  isView: boolean,
  translate: Translate,
): string {
  const [start, end] = [points[0], points.at(-1)];
  if (!start || !end) return "";
  const line = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  const foot = `M${start.x - 9} ${start.y}L${start.x} ${start.y - 5}M${start.x - 9} ${start.y}L${start.x} ${start.y + 5}`;
  const bar = `M${end.x + 6} ${end.y - 5}v10`;
  const name = (index: number, column: string) => oneLine(`${model.tables[index]!.name}.${column}`);
  const said = translate("{from} refers to {to}", { from: name(from, fromColumn), to: name(to, toColumn) });
  const sign = change
    ? `<text class="sign" x="${round(start.x - signWidth - 8)}" y="${round(start.y - 4)}">${changeSigns[change]}</text>`
    : "";
  const reach = isView ? `<path class="reach" d="${line}"/>` : "";
  return `<g class="reference${change ? ` ${change}` : ""}"${placeAttributes(place, isView)}><title>${escapeLine(said)}</title>${reach}<path d="${line}${foot}${bar}"/>${sign}</g>
`;
}

function placeAttributes(place: Span | undefined, isView: boolean): string {
  return place && isView ? ` data-start="${place.start}" data-end="${place.end}"` : "";
}

function escapeLine(text: string): string {
  return escapeXml(oneLine(text));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const light =
  "--d-paper:#fff;--d-ink:#1f2328;--d-quiet:#59636e;--d-line:#59636e;--d-block:#f6f8fa;--d-new:#116329;--d-changed:#7d4e00;--d-other:#0550ae";
const dark =
  "--d-paper:#14171b;--d-ink:#e6e9ed;--d-quiet:#9ba5b0;--d-line:#9ba5b0;--d-block:#1d2228;--d-new:#6fd08c;--d-changed:#e3b257;--d-other:#79b8ff";

function themeStyle(theme: DiagramTheme): string {
  const first = `svg{${theme === "dark" ? dark : light}}`;
  return theme === "auto" ? `${first}@media (prefers-color-scheme:dark){svg{${dark}}}` : first;
}

/**
 * Who makes a table is told by its border and in words, what is new by signs, a bar and in words: none of it by colours
 * alone.
 */
export const diagramStyle = `
svg{font-family:ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",Menlo,monospace;font-size:${letters.size}px}
.paper{fill:var(--d-paper)}
text{fill:var(--d-ink);white-space:pre}
.title{font-weight:700;font-size:${letters.size + 1}px}
.label,.type,.keys{fill:var(--d-quiet)}
.keys{font-weight:700}
.table .name{font-weight:700}
.box{fill:var(--d-block);stroke:var(--d-ink);stroke-width:1.5}
.framework .box{stroke:var(--d-other);stroke-dasharray:8 4;fill:var(--d-paper)}
.package .box{stroke:var(--d-other);stroke-dasharray:2 3;stroke-width:2;fill:var(--d-paper)}
.unknown .box{stroke:var(--d-quiet);stroke-dasharray:10 3 2 3;fill:var(--d-paper)}
.rule{stroke:var(--d-line);stroke-width:.7;fill:none}
.mark{stroke:var(--d-new);stroke-width:4;fill:none}
.reference path{fill:none;stroke:var(--d-line);stroke-width:1.2}
.reference.new path{stroke:var(--d-new);stroke-width:2}
.new>.sign,.row.new .column,.row.added .column{fill:var(--d-new);font-weight:700}
.changed .sign,.changed .column{fill:var(--d-changed);font-weight:700}
.sign{font-weight:700}
.reach,.reference path.reach{fill:none;stroke:none;pointer-events:all}
@media (prefers-contrast:more){.label,.type,.keys{fill:var(--d-ink)}.box{stroke-width:2}}
`;
