import type { Message, Translate } from "../l10n/translate.ts";
import type { DiagramColumn, DiagramModel, DiagramTable } from "./diagram-model.ts";

/** What is said in pictures and lists of tables alike. */
export const diagramWords = {
  newTable: "new",
  onlyUpgraded: "made by an upgrade only",
} as const;

/** Whose a table is, in a few words. */
export function ownerText({ owner, from }: DiagramTable, translate: Translate): string {
  switch (owner) {
    case "own":
      return translate("own table");
    case "framework":
      return translate("framework: {release}", { release: from });
    case "package":
      return translate("package: {packages}", { packages: from });
    case "unknown":
      return translate("made elsewhere");
  }
}

/** What is said of the columns that are not shown; empty where there are none. */
export function moreColumnsText({ columns, moreColumns }: DiagramTable, translate: Translate): string {
  if (moreColumns === undefined || moreColumns === 0) return "";
  const text = columns.length === 0 ? "columns: {count}" : "further columns: {count}";
  return translate(text, { count: moreColumns });
}

/** What the parts of a column's row say, one by one. */
export function columnTexts(
  { type, isRequired, keys, change, isAdded }: DiagramColumn,
  translate: Translate,
): readonly string[] {
  const texts: string[] = [];
  if (type !== "") texts.push(type);
  if (isRequired !== undefined) texts.push(translate(isRequired ? "required" : "may be empty"));
  if (keys.includes("PK")) texts.push(translate("primary key"));
  if (keys.includes("FK")) texts.push(translate("reference"));
  if (keys.includes("U")) texts.push(translate("unique"));
  if (keys.includes("I")) texts.push(translate("index"));
  if (isAdded) texts.push(translate("added by the package"));
  if (change === "new") texts.push(translate(diagramWords.newTable));
  if (change === "changed") texts.push(translate("another type than before"));
  return texts;
}

/** What the diagram is of, in one line. */
export function diagramTitle({ packageName, version }: DiagramModel, translate: Translate): string {
  const name = [packageName, version].filter((part) => part !== "").join(" ");
  return name === "" ? translate("Database tables") : translate("Database tables of {name}", { name });
}

/** What the signs of a picture mean. */
export const diagramLegend: Message = {
  text: "PK primary key, FK reference, U unique, I index, ? may be empty, + new, ~ changed.",
};

/** What has to be known to read the diagram: what it is compared with, and what was left out. */
export function diagramNotes({ comparedWith, tables, notes }: DiagramModel): readonly Message[] {
  if (tables.length === 0) return [{ text: "The package makes and changes no tables." }, ...notes];
  const compared: Message =
    comparedWith === undefined
      ? { text: "No older version is known, so that nothing is marked as new." }
      : { text: "New is what version {version} does not have.", values: { version: comparedWith } };
  return [compared, ...notes];
}
