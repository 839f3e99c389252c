import type { PackageRule } from "../rule.ts";
import { type FormSlip, linesOf, reportSlips } from "../shared/line-form.ts";

/** A tab is as wide as each editor makes it. */
export const whitespaceTabs: PackageRule = {
  id: "whitespace-tabs",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "hint",
  message: {
    one: "This tab is as wide as each editor makes it. Write blanks.",
    many: "Tabs are as wide as each editor makes them, and {count} lines have some, of which this is the first. Write blanks.",
  },

  *check(spec) {
    const slips: FormSlip[] = [];
    for (const { text, start } of linesOf(spec)) {
      const at = text.indexOf("\t");
      if (at < 0) continue;
      const span = { start: start + at, end: start + at + 1 };
      const [indentation] = /^[ \t]*/.exec(text)!;
      const isIndented = at < indentation.length;
      const edit = {
        span: { start, end: start + indentation.length },
        newText: " ".repeat(widthOf(indentation)),
      };
      slips.push({ span, ...(isIndented && { edit }) });
    }
    yield* reportSlips(slips, "Replace the tabs");
  },
};

/** In steps of four. */
function widthOf(indentation: string): number {
  let width = 0;
  for (const sign of indentation) width = sign === "\t" ? width - (width % 4) + 4 : width + 1;
  return width;
}
