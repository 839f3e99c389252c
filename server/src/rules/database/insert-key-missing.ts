import { databaseFamilies } from "../../model/package-spec.ts";
import type { ElementRule } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";
import { takesStray } from "../shared/database-section.ts";

/** A row needs a table, and each value a column. */
export const insertKeyMissing: ElementRule = {
  id: "insert-key-missing",
  scope: "element",
  elements: databaseFamilies,
  severity: "error",
  message: {
    table: "No row is added, because the Insert has no Table.",
    data: "No row is added on PostgreSQL, because the Insert has no Data.",
    key: "No row is added, because a Data has no Key.",
  },
  policyPlugins: ["XSD"],

  *check(parent) {
    for (const insert of parent.childrenNamed("Insert")) {
      if (lacks(insert, "Table")) yield { span: placeOf(insert, "Table"), variant: "table" };
      // A child of another name is most likely a misspelt one, which is found fault with itself.
      if (insert.elements.length === 0 && !takesStray(insert, "Data", parent))
        yield { span: insert.nameSpan, variant: "data" };
      for (const data of insert.childrenNamed("Data")) {
        if (lacks(data, "Key")) yield { span: placeOf(data, "Key"), variant: "key" };
      }
    }
  },
};
