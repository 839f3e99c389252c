import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** Without quotes nothing is no value. */
export const insertEmptyUnquoted: ElementRule = {
  id: "insert-empty-unquoted",
  scope: "element",
  elements: ["Data"],
  severity: "error",
  summary: "An empty value is quoted",
  message: "No row is added, because without quotes nothing stands where “{column}” needs a value.",
  docs:
    'Only values with `Type="Quote"` are written between quotes. An empty one without it leaves a hole in the SQL, and ' +
    "the databases refuse the statement. Quote it, write `NULL`, or leave the column out.",
  bad: '<Insert Table="acme_contract"><Data Key="note"></Data></Insert>',
  good: '<Insert Table="acme_contract"><Data Key="note" Type="Quote"></Data></Insert>',
  source: "Znuny 7.1 and OTOBO 11, Insert of the database drivers",

  check(element) {
    const type = element.attribute("Type");
    // Nobody but MySQL writes the value of a column that numbers itself, and of other types another rule speaks.
    if (type || element.attribute("Value") || element.text.value.trim() !== "") return undefined;
    return {
      span: element.closing === "empty" ? element.nameSpan : element.startTagSpan,
      arguments: { column: element.value("Key") ?? "" },
      fixes: [attributeInsertion(element, "Type", "Quote")],
    };
  },
};
