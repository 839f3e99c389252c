import type { PackageRule } from "../rule.ts";
import { type FormSlip, linesOf, reportSlips } from "../shared/line-form.ts";

/** Nobody sees them, and comparisons show them. */
export const whitespaceTrailing: PackageRule = {
  id: "whitespace-trailing",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "hint",
  message: {
    one: "Blanks at the end of this line are seen in comparisons alone.",
    many: "Blanks at the end of lines are seen in comparisons alone, and {count} lines have some, of which this is the first.",
  },

  *check(spec) {
    const slips: FormSlip[] = [];
    for (const { text, start } of linesOf(spec)) {
      if (!text.endsWith(" ") && !text.endsWith("\t")) continue;
      let { length } = text;
      while (text[length - 1] === " " || text[length - 1] === "\t") length--;
      const span = { start: start + length, end: start + text.length };
      slips.push({ span, edit: { span, newText: "" } });
    }
    yield* reportSlips(slips, "Remove the blanks");
  },
};
