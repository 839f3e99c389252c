import { switchAcross } from "../../dialect/switches.ts";
import { isElement, type SyntaxNode } from "../../syntax/node.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { PackageRule } from "../rule.ts";
import { declarationThatComesLate } from "../shared/declaration.ts";

/** XML parsers take a declaration only at the very start, so not even an empty line may come before it. */
export const xmlBeforeDeclaration: PackageRule = {
  id: "xml-before-declaration",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    refused: "{product} refuses this document, because something stands before the XML declaration.",
    unsure:
      "{product} refuses this document or reads it in a makeshift way that loses CDATA, because something stands before the XML declaration.",
    loses:
      "{product} loses every text in CDATA, because it reads a document with something before the XML declaration in a makeshift way.",
    makeshift:
      "{product} reads this document in a makeshift way and others refuse it, because something stands before the XML declaration.",
  },

  *check({ tree }, { releases, product: { product } }) {
    const declaration = declarationThatComesLate(tree);
    if (!declaration) return;
    const before = tree.topLevel().filter(({ start }) => start < declaration.start);
    const start = before[0]!.node.kind === "byte-order-mark" ? before[0]!.node.width : 0;
    const span = { start, end: declaration.start };
    const end = declaration.start + declaration.node.width;
    const isComment = before.some(({ node }) => node.kind === "comment" || node.kind === "instruction");
    const isText = /[^\s\ufeff]/.test(tree.source.slice(0, declaration.start));
    const lenient = switchAcross("readsLeniently", releases);
    const variant =
      lenient === "off" || (isText && !isComment)
        ? "refused"
        : lenient !== "on" || isText
          ? "unsure"
          : hasCData(tree)
            ? "loses"
            : "makeshift";
    yield {
      span,
      variant,
      arguments: { product },
      ...(variant === "makeshift" && { severity: "warning" as const }),
      fixes: [
        isComment
          ? {
              title: "Move the declaration to the start",
              edits: [
                { span: { start, end: start }, newText: `${declaration.node.raw}\n` },
                { span: { start: span.end, end }, newText: "" },
              ],
            }
          : {
              title: "Remove what stands before the XML declaration",
              edits: [{ span, newText: "" }],
              removes: true,
            },
      ],
    };
  },
};

function hasCData(tree: SyntaxTree): boolean {
  const waiting: SyntaxNode[] = [...tree.document.children];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === "cdata") return true;
    if (isElement(node)) waiting.push(...node.children);
  }
  return false;
}
