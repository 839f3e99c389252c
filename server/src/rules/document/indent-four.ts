import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { PackageRule } from "../rule.ts";
import { indentationBefore } from "../shared/fixes.ts";
import { type FormSlip, reportSlips } from "../shared/line-form.ts";

/** No spec is nested deeper. */
const deepest = 30;

/** Elements that are looked at before the next edit may cut in. */
const atOnce = 200;

/** Tags stand in steps of four blanks; what is in code and texts is left to their authors. */
export const indentFour: PackageRule = {
  id: "indent-four",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "hint",
  message: {
    one: "This tag is not indented by a multiple of four blanks.",
    many: "{count} tags are not indented by a multiple of four blanks, of which this is the first.",
  },

  *check(spec) {
    const { root, tree } = spec;
    if (!root) return;
    const slips: FormSlip[] = [];
    const edits: TextEdit[] = [];
    const waiting: { readonly element: Element; readonly depth: number }[] = [{ element: root, depth: 0 }];
    let looked = 0;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (++looked % atOnce === 0) yield undefined;
      const { element, depth } = next;
      if (depth > deepest) return;
      look(element.start, depth);
      if (element.closing === "end-tag") look(element.contentSpan.end, depth);
      for (const child of element.elements) waiting.push({ element: child, depth: depth + 1 });
    }
    slips.sort((a, b) => a.span.start - b.span.start);
    edits.sort((a, b) => a.span.start - b.span.start);
    yield* reportSlips(slips, "Indent by four", edits);

    function look(at: number, depth: number): void {
      const indentation = indentationBefore(tree.source, at);
      // Of tabs another rule speaks.
      if (indentation === undefined || indentation.includes("\t")) return;
      const span = { start: at - indentation.length, end: at };
      if (indentation.length % 4 !== 0) slips.push({ span });
      if (indentation.length !== 4 * depth) edits.push({ span, newText: " ".repeat(4 * depth) });
    }
  },
};
