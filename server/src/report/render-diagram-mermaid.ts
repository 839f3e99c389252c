import { messageText, type Translate } from "../l10n/translate.ts";
import { oneLine } from "../text/visible.ts";
import { changeSigns } from "./diagram-boxes.ts";
import type { DiagramColumn, DiagramModel, DiagramTable } from "./diagram-model.ts";
import { diagramNotes, diagramTitle, diagramWords, moreColumnsText, ownerText } from "./diagram-words.ts";

/**
 * A diagram in the language of Mermaid, as an `erDiagram`. Names of packages can be anything: where Mermaid would take
 * one for something else, another one stands for it, and what is written is shown.
 */
export function renderDiagramMermaid(model: DiagramModel, translate: Translate): string {
  const names = entityNames(model.tables);
  const lines = [
    comment(diagramTitle(model, translate)),
    ...diagramNotes(model).map((note) => comment(messageText(note, translate))),
    "erDiagram",
  ];
  for (const [index, table] of model.tables.entries()) {
    const label = quoted([table.name, ...labelsOf(table, translate)].join(" · "));
    const isBare = table.owner === "own" && table.change === undefined && isPlain(table.name);
    const head =
      isBare && !table.isOnlyUpgraded ? quoted(names[index]!) : `${quoted(names[index]!)}[${label}]`;
    if (table.columns.length === 0) lines.push(`    ${head}`);
    else
      lines.push(
        `    ${head} {`,
        ...table.columns.map((column) => `        ${attribute(column, translate)}`),
        "    }",
      );
    const more = moreColumnsText(table, translate);
    if (more !== "") lines.push(`    ${comment(`${table.name}: ${more}`)}`);
  }
  for (const { from, fromColumn, to, change } of model.references) {
    const column = columnOf(model.tables[from]!, fromColumn);
    const parent = column?.isRequired === false ? "|o" : "||";
    const child = column?.keys.includes("PK") ? "o|" : "o{";
    const label = change ? `${changeSigns[change]} ${fromColumn}` : fromColumn;
    lines.push(`    ${quoted(names[to]!)} ${parent}--${child} ${quoted(names[from]!)} : ${quoted(label)}`);
  }
  return `${lines.join("\n")}\n`;
}

function columnOf(table: DiagramTable, name: string): DiagramColumn | undefined {
  const key = name.toLowerCase();
  return table.columns.find((column) => column.name.toLowerCase() === key);
}

/** One name for each table, which no other has. */
function entityNames(tables: readonly DiagramTable[]): readonly string[] {
  const taken = new Set(tables.map(({ name }) => name).filter(isPlain));
  const used = new Set<string>();
  return tables.map(({ name }, index) => {
    let chosen = isPlain(name) ? name : `table-${index + 1}`;
    while (used.has(chosen) || (chosen !== name && taken.has(chosen))) chosen += "-";
    used.add(chosen);
    return chosen;
  });
}

function isPlain(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
}

function labelsOf(table: DiagramTable, translate: Translate): readonly string[] {
  const labels: string[] = [];
  if (table.owner !== "own") labels.push(ownerText(table, translate));
  if (table.change) labels.push(translate(diagramWords.newTable));
  if (table.isOnlyUpgraded) labels.push(translate(diagramWords.onlyUpgraded));
  return labels;
}

/** Type, name, keys and a remark. Of a name that Mermaid does not take, what is written stands in the remark. */
function attribute(
  { name, type, keys, change, isAdded, isRequired }: DiagramColumn,
  translate: Translate,
): string {
  const [shownType, shownName] = [word(type === "" ? "_" : type), word(name)];
  const keyNames = keys.flatMap((key) => (key === "U" ? "UK" : key === "I" ? [] : key));
  const remarks: string[] = [];
  if (shownName !== name) remarks.push(name);
  if (type !== "" && shownType !== type) remarks.push(type);
  if (isRequired) remarks.push(translate("required"));
  if (isAdded) remarks.push(translate("added by the package"));
  if (change === "new") remarks.push(`${changeSigns.new} ${translate(diagramWords.newTable)}`);
  if (change === "changed") remarks.push(`${changeSigns.changed} ${translate("another type than before")}`);
  return [shownType, shownName, keyNames.join(", "), remarks.length > 0 ? quoted(remarks.join(", ")) : ""]
    .filter((part) => part !== "")
    .join(" ");
}

/** A text as a type or the name of an attribute: letters, digits and a few signs, and no word that means a key. */
function word(text: string): string {
  const clean = text.replace(/[^A-Za-z0-9_()[\]-]/g, "_");
  return /^[A-Za-z_]/.test(clean) && !/^(?:PK|FK|UK)\b/i.test(clean) ? clean : `_${clean}`;
}

/** A text between quotes, in which nothing has a meaning; Mermaid writes its escapes like those of HTML. */
function quoted(text: string): string {
  const safe = oneLine(text).replace(/["#%\\<>&;`~{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
  // Of a label that is blank Mermaid makes no picture.
  return `"${safe.trim() === "" ? "–" : safe}"`;
}

/** Braces in a remark would be taken for a directive. */
function comment(text: string): string {
  return `%% ${oneLine(text).replace(/[{}%;]/g, " ")}`;
}
