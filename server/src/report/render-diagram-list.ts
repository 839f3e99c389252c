import { messageText, type Translate } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";
import { oneLine } from "../text/visible.ts";
import type { DiagramModel, DiagramReference, DiagramTable } from "./diagram-model.ts";
import {
  columnTexts,
  diagramNotes,
  diagramTitle,
  diagramWords,
  moreColumnsText,
  ownerText,
} from "./diagram-words.ts";
import { htmlLine } from "./escape-html.ts";

/** A diagram as a list that can be read aloud: it says all that the picture shows. HTML for the body of a page. */
export function renderDiagramList(model: DiagramModel, translate: Translate): string {
  const notes = diagramNotes(model)
    .map((note) => `<p>${htmlLine(messageText(note, translate))}</p>`)
    .join("");
  const referencesOf = model.tables.map((): DiagramReference[] => []);
  for (const reference of model.references) referencesOf[reference.from]!.push(reference);
  const tables = model.tables
    .map((table, index) => tableItem(model, table, referencesOf[index]!, index, translate))
    .join("");
  return `<h2>${htmlLine(diagramTitle(model, translate))}</h2>${notes}<ul class="tables">${tables}</ul>`;
}

function tableItem(
  model: DiagramModel,
  table: DiagramTable,
  references: readonly DiagramReference[],
  index: number,
  translate: Translate,
): string {
  const texts = [ownerText(table, translate)];
  if (table.change) texts.push(translate(diagramWords.newTable));
  if (table.isOnlyUpgraded) texts.push(translate(diagramWords.onlyUpgraded));
  const more = moreColumnsText(table, translate);
  const items = [
    ...table.columns.map((column) => item(column.name, columnTexts(column, translate), column.place, "")),
    ...(more === "" ? [] : [`<li>${htmlLine(more)}</li>`]),
    ...references.map(({ fromColumn, to, toColumn, change, place }) => {
      const target = `${model.tables[to]!.name}.${toColumn}`;
      const name = translate("{from} refers to {to}", { from: fromColumn, to: target });
      return item(name, change ? [translate(diagramWords.newTable)] : [], place, "");
    }),
  ].join("");
  return item(
    table.name,
    texts,
    table.place,
    items === "" ? "" : `<ul>${items}</ul>`,
    ` id="table-${index}"`,
  );
}

function item(
  name: string,
  texts: readonly string[],
  place: Span | undefined,
  inside: string,
  attributes = "",
): string {
  const shown = htmlLine(name === "" ? "–" : oneLine(name));
  const linked = place
    ? `<button type="button" class="place" data-start="${place.start}" data-end="${place.end}">${shown}</button>`
    : `<b>${shown}</b>`;
  const said = texts.length === 0 ? "" : `: ${htmlLine(texts.join(", "))}`;
  return `<li${attributes}>${linked}${said}${inside}</li>`;
}
