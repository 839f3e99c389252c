import type { ElementRule } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";
import { bareRemoval } from "../shared/fixes.ts";

/** Nothing to do is no mistake to the framework. */
export const alterEmpty: ElementRule = {
  id: "alter-empty",
  scope: "element",
  elements: ["TableAlter"],
  severity: "information",
  summary: "TableAlter changes something",
  message: "Nothing happens to the table, because the TableAlter holds no change.",
  docs:
    "A `TableAlter` that neither renames the table nor holds an element makes no statement. It is mostly left over, or " +
    "still to be filled.",
  bad: '<TableAlter Name="acme_contract"></TableAlter>',
  good: '<TableAlter Name="acme_contract"><ColumnDrop Name="note"/></TableAlter>',
  source: "Znuny 7.1 and OTOBO 11, TableAlter of the database drivers",

  check(element) {
    if (element.elements.length > 0 || !lacks(element, "NameOld") || !lacks(element, "NameNew"))
      return undefined;
    // Without any name another rule speaks.
    if (lacks(element, "Name")) return undefined;
    return { span: element.nameSpan, fixes: [bareRemoval(element)], unnecessary: true };
  },
};
