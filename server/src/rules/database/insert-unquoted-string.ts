import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** Words without quotes are names to a database. */
export const insertUnquotedString: ElementRule = {
  id: "insert-unquoted-string",
  scope: "element",
  elements: ["Data"],
  severity: "error",
  message: "No row is added, because “{value}” is written without quotes and databases take it for a name.",

  check(element) {
    const value = element.text.value.trim();
    if (element.attribute("Type") || element.attribute("Value") || value === "" || isExpression(value))
      return undefined;
    const { span } = element.trimmedText;
    return {
      span: span.end > span.start ? span : element.nameSpan,
      arguments: { value: value.length > 40 ? `${value.slice(0, 39)}…` : value },
      fixes: [attributeInsertion(element, "Type", "Quote")],
    };
  },
};

/** What a database can work out: numbers, some words, and whatever has the brackets of a call. */
function isExpression(value: string): boolean {
  return (
    /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value) ||
    /^(null|true|false|default|current_timestamp|current_date|current_time|sysdate)$/i.test(value) ||
    /^[\w.\s+*/-]*\(.*\)/s.test(value)
  );
}
