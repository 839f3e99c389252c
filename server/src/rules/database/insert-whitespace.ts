import type { ElementRule } from "../rule.ts";

/** Values are taken as they stand. */
export const insertWhitespace: ElementRule = {
  id: "insert-whitespace",
  scope: "element",
  elements: ["Data"],
  severity: "warning",
  message: {
    quoted: "The blanks around the value get into the database, because the text is taken as it stands.",
    timestamp:
      "The time comes from the database and not from the framework, because there are blanks around the word.",
  },

  check(element) {
    const { value, span } = element.text;
    const trimmed = value.trim();
    if (trimmed === "" || trimmed === value || trimmed.includes("\n") || element.attribute("Value"))
      return undefined;
    const quoted = element.value("Type") === "Quote";
    if (!quoted && trimmed !== "current_timestamp") return undefined;
    const inner = element.trimmedText.span;
    // Where references or CDATA are in between, the text alone does not say where its blanks are.
    const plain = span.end - span.start === value.length && inner.end - inner.start === trimmed.length;
    return {
      span,
      variant: quoted ? "quoted" : "timestamp",
      fixes: plain
        ? [
            {
              title: "Remove the blanks",
              edits: [
                { span: { start: span.start, end: inner.start }, newText: "" },
                { span: { start: inner.end, end: span.end }, newText: "" },
              ],
            },
          ]
        : [],
    };
  },
};
