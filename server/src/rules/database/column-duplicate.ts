import { readStatement } from "../../model/database-statement.ts";
import type { ElementRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { removal } from "../shared/fixes.ts";

/** Databases refuse a table with two columns of one name. */
export const columnDuplicate: ElementRule = {
  id: "column-duplicate",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "error",
  message: {
    create: "Table “{table}” is not created, because it has two columns “{column}”.",
    add: "The column is not added, because the same element has added “{column}” before.",
  },

  check(element) {
    const statement = readStatement(element.node);
    const reports: Report[] = [];
    const present = new Map<string, typeof element>();
    const enter = (name: string, place: typeof element, variant: string) => {
      const key = name.toLowerCase();
      const first = present.get(key);
      if (name !== "" && first) {
        reports.push({
          span: placeOf(place, "Name"),
          variant,
          arguments: { column: name, table: element.value("Name") ?? "" },
          related: [{ message: "The first of them stands here.", span: placeOf(first, "Name") }],
          fixes: [removal(place)],
        });
      }
      present.set(key, first ?? place);
    };
    if (statement?.kind === "create") {
      for (const column of statement.columns) enter(column.name, column.element, "create");
    } else if (statement?.kind === "alter") {
      for (const change of statement.changes) {
        if (change.kind === "column-add") enter(change.column.name, change.column.element, "add");
        else if (change.kind === "column-drop") present.delete(change.name.toLowerCase());
        else if (change.kind === "column-change") present.delete(change.oldName.toLowerCase());
      }
    }
    return reports;
  },
};
