import { format } from "../../server/src/features/format/format.ts";
import { defaultLineLength, type FormatSettings } from "../../server/src/features/format/format-settings.ts";
import { specLanguage } from "../../server/src/features/format/spec-language.ts";
import type { SyntaxNode } from "../../server/src/syntax/node.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import type { Span } from "../../server/src/text/span.ts";
import { applyEdits } from "./apply-edits.ts";

export const usualFormat: FormatSettings = {
  unit: "    ",
  tabWidth: 4,
  attributes: "preserve",
  quotes: "preserve",
  lineLength: defaultLineLength,
};

/** Each way to lay out, once. */
export const formats: readonly FormatSettings[] = [
  usualFormat,
  { unit: "\t", tabWidth: 4, attributes: "wrap", quotes: "double", lineLength: 60 },
  { unit: "  ", tabWidth: 8, attributes: "align", quotes: "single", lineLength: 60 },
];

/** A spec after it was formatted. */
export function formatted(text: string, settings: Partial<FormatSettings> = {}, range?: Span): string {
  return applyEdits(
    text,
    format(SyntaxTree.parse(text), { ...usualFormat, ...settings }, specLanguage, range),
  );
}

/** What a text says to whoever does not look at blanks between tags and attributes, nor at quotes. */
export function saidBy(tree: SyntaxTree): string {
  return JSON.stringify(tree.document.children.flatMap(said));
}

function said(node: SyntaxNode): readonly unknown[] {
  switch (node.kind) {
    case "element":
      return [
        {
          name: node.name,
          attributes: node.attributes.map(({ name, rawValue }) => [name, rawValue]),
          closing: node.closing,
          problems: node.problems?.map(({ code }) => code),
          children: node.children.flatMap(said),
        },
      ];
    case "text":
      return node.raw.trim() === "" ? [] : [node.raw];
    case "comment":
    case "cdata":
      return [[node.kind, node.content]];
    default:
      return [[node.kind, "raw" in node ? node.raw : ""]];
  }
}
