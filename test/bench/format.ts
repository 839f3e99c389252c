import type { FormatSettings } from "../../server/src/features/format/format-settings.ts";
import { formatSpec, formatSpecOnType } from "../../server/src/features/format/spec-format.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { edited } from "../../server/src/text/edit.ts";

const settings: FormatSettings = {
  unit: "    ",
  tabWidth: 4,
  attributes: "wrap",
  quotes: "double",
  lineLength: 60,
};

/** Opens a spec and gives functions that lay it out, each time after another keystroke, and tell the milliseconds. */
export function formatter(text: string) {
  // As little in its place as there can be.
  const crooked = SyntaxTree.parse(text.replace(/^ +/gm, ""));
  const tidy = SyntaxTree.parse(edited(text, formatSpec(SyntaxTree.parse(text), settings)));
  return {
    crooked: (at: number) => timeOf(crooked, at, "", (tree) => formatSpec(tree, settings).length),
    tidy: (at: number) => timeOf(tidy, at, "", (tree) => formatSpec(tree, settings).length),
    typed: (at: number) =>
      timeOf(tidy, at, "\n", (tree, offset) => formatSpecOnType(tree, offset, "\n", settings).length),
  };
}

/** @param at part of the text, from 0 to 1, in the gap before whose next tag something is typed */
function timeOf(
  tree: SyntaxTree,
  at: number,
  newText: string,
  layOut: (tree: SyntaxTree, offset: number) => number,
): number {
  const text = tree.source;
  const from = Math.floor(text.length * at);
  const start = from + Math.max(0, text.slice(from, from + 2000).search(/>\s*</)) + 1;
  const changed = tree.edited({ span: { start, end: start }, newText: newText || " " });
  const begin = performance.now();
  layOut(changed, start + newText.length);
  return performance.now() - begin;
}
