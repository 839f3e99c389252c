import type { Element } from "../../syntax/element.ts";
import { escapeXml } from "../../text/escape.ts";
import type { ElementRule, Fix } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";
import { attributeInsertion, attributeRenaming } from "../shared/fixes.ts";

/** A change names the column twice, also where the name stays. */
export const columnChangeNames: ElementRule = {
  id: "column-change-names",
  scope: "element",
  elements: ["ColumnChange"],
  severity: "error",
  message: {
    refused: "The SQL statement fails, because ColumnChange has no {missing}.",
    "table-renamed":
      "PostgreSQL renames the whole table to “{name}”, and other databases refuse the statement, because ColumnChange has no NameOld.",
  },
  policyPlugins: ["XSD"],

  check(element) {
    const missing = ["NameOld", "NameNew"].filter((name) => lacks(element, name));
    if (missing.length === 0) return undefined;
    const found = {
      span: element.attribute("Name")?.nameSpan ?? element.nameSpan,
      fixes: fixesOf(element, missing),
    };
    // What is left of "ALTER TABLE … RENAME old TO new" without the old name is a statement as well.
    return missing[0] === "NameOld" && missing.length === 1
      ? { ...found, variant: "table-renamed", arguments: { name: element.value("NameNew")! } }
      : { ...found, variant: "refused", arguments: { missing: missing.join(", ") } };
  },
};

function fixesOf(element: Element, missing: readonly string[]): readonly Fix[] {
  if (missing.some((name) => element.attribute(name))) return [];
  const plain = element.attribute("Name");
  if (missing.length === 2 && plain) {
    const text = `NameOld="${escapeXml(plain.value)}" NameNew="${escapeXml(plain.value)}"`;
    return [{ title: "Write “{text}”", arguments: { text }, edits: [{ span: plain.span, newText: text }] }];
  }
  if (plain) return [attributeRenaming(plain, missing[0]!)];
  const other = element.value(missing[0] === "NameOld" ? "NameNew" : "NameOld");
  return other === undefined ? [] : [attributeInsertion(element, missing[0]!, other)];
}
