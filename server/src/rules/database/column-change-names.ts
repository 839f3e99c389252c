import type { Element } from "../../syntax/element.ts";
import { escapeXml } from "../../text/escape.ts";
import type { ElementRule, Fix } from "../rule.ts";
import { lacks } from "../shared/database-names.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** A change names the column twice, also where the name stays. */
export const columnChangeNames: ElementRule = {
  id: "column-change-names",
  scope: "element",
  elements: ["ColumnChange"],
  severity: "error",
  summary: "ColumnChange has the old and the new name",
  message: "The SQL statement fails, because ColumnChange has no {missing}.",
  docs:
    "`ColumnChange` names the column as it is and as it will be, and both are needed also when the name stays the same. " +
    "An attribute `Name` is not read. Without one of the two the SQL is broken and the column stays as it was.",
  bad: '<ColumnChange Name="title" Required="true" Size="250" Type="VARCHAR"/>',
  good: '<ColumnChange NameOld="title" NameNew="title" Required="true" Size="250" Type="VARCHAR"/>',
  source: "Znuny 7.1 and OTOBO 11, ColumnChange of the database drivers",
  policyPlugins: ["XSD"],

  check(element) {
    const missing = ["NameOld", "NameNew"].filter((name) => lacks(element, name));
    if (missing.length === 0) return undefined;
    return {
      span: element.attribute("Name")?.nameSpan ?? element.nameSpan,
      arguments: { missing: missing.join(", ") },
      fixes: fixesOf(element, missing),
    };
  },
};

function fixesOf(element: Element, missing: readonly string[]): readonly Fix[] {
  if (missing.some((name) => element.attribute(name))) return [];
  const plain = element.attribute("Name");
  if (missing.length === 2 && plain) {
    const text = `NameOld="${escapeXml(plain.value)}" NameNew="${escapeXml(plain.value)}"`;
    return [{ title: "Write “{text}”", arguments: { text }, edits: [{ span: plain.span, newText: text }] }];
  }
  const other = element.value(missing[0] === "NameOld" ? "NameNew" : "NameOld");
  return other === undefined ? [] : [attributeInsertion(element, missing[0]!, other)];
}
