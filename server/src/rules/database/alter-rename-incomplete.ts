import type { ElementRule } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** A change needs a table, and a renaming both names. */
export const alterRenameIncomplete: ElementRule = {
  id: "alter-rename-incomplete",
  scope: "element",
  elements: ["TableAlter"],
  severity: "error",
  message: {
    none: "The SQL statement fails, because TableAlter has neither Name nor NameOld and NameNew.",
    half: "The table is not renamed, because TableAlter has no {missing}.",
  },

  check(element) {
    const lacksOld = lacks(element, "NameOld");
    const lacksNew = lacks(element, "NameNew");
    if (lacksOld !== lacksNew) {
      const missing = lacksOld ? "NameOld" : "NameNew";
      return { span: element.nameSpan, variant: "half", arguments: { missing } };
    }
    if (!lacksOld || !lacks(element, "Name")) return undefined;
    const table = element.attribute("Table");
    const fixes =
      table && !element.attribute("Name") ? [attributeInsertion(element, "Name", table.value)] : [];
    return { span: element.nameSpan, variant: "none", fixes };
  },
};
