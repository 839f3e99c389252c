import type { PackageRule } from "../rule.ts";
import { declarationThatComesLate } from "../shared/declaration.ts";

/** XML parsers take a declaration only at the very start, so not even an empty line may come before it. */
export const xmlBeforeDeclaration: PackageRule = {
  id: "xml-before-declaration",
  scope: "package",
  elements: "any",
  severity: "error",
  message: "OTOBO refuses this document, because something stands before the XML declaration.",

  *check({ tree }) {
    const declaration = declarationThatComesLate(tree);
    if (!declaration) return;
    const before = tree.topLevel().filter(({ start }) => start < declaration.start);
    const start = before[0]!.node.kind === "byte-order-mark" ? before[0]!.node.width : 0;
    const span = { start, end: declaration.start };
    const end = declaration.start + declaration.node.width;
    const isComment = before.some(({ node }) => node.kind === "comment" || node.kind === "instruction");
    yield {
      span,
      fixes: [
        isComment
          ? {
              title: "Move the declaration to the start",
              edits: [
                { span: { start, end: start }, newText: `${declaration.node.raw}\n` },
                { span: { start: span.end, end }, newText: "" },
              ],
            }
          : { title: "Remove what stands before it", edits: [{ span, newText: "" }], removes: true },
      ],
    };
  },
};
