import type { ElementRule } from "../rule.ts";

const columnOf: Readonly<Record<string, string>> = { Index: "IndexColumn", Unique: "UniqueColumn" };

/** The generator keeps the columns of each key by its name, so that a key without columns is nowhere. */
export const indexColumnMissing: ElementRule = {
  id: "index-column-missing",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "error",
  message: "The table is made without this {element}, because it names no {column}.",

  check(table) {
    return table.elements.flatMap((key) => {
      const column = columnOf[key.name];
      // What is in it under another name is told there; where the end tag is missing, nothing is known of it.
      if (column === undefined || key.closing === "missing" || key.elements.length > 0) return [];
      return [{ span: key.nameSpan, arguments: { element: key.name, column } }];
    });
  },
};
