import { textOf } from "../../syntax/element.ts";
import type { Assist, AssistPlace } from "./assist.ts";

/** Puts a text with references in it into CDATA, where it is written as it is meant. */
export function wrapInCdata({ around, context, tree }: AssistPlace): readonly Assist[] {
  const [element] = around;
  const content = element && context.schema.element(element.name)?.content;
  if (!element || (content !== "text" && content !== "perl" && content !== "html")) return [];
  const children = [...element.children()];
  // Blanks around stay outside, so that lines stay where they are.
  const isPlain = children.every(
    ({ node }) =>
      node.kind === "text" ||
      (node.kind === "reference" && node.value !== undefined && !node.value.includes("\r")),
  );
  const text = children.map(({ node }) => (node.kind === "text" ? node.raw : textOf(node))).join("");
  const isMarkup = children.some(({ node }) => node.kind === "reference") || content !== "text";
  if (!isPlain || !isMarkup || text.trim() === "" || text.includes("]]>")) return [];
  const raw = tree.source.slice(element.contentSpan.start, element.contentSpan.end);
  const before = raw.length - raw.trimStart().length;
  const start = element.contentSpan.start + before;
  const end = element.contentSpan.start + raw.trimEnd().length;
  const kept = text.slice(before, text.length - (raw.length - raw.trimEnd().length));
  return [
    {
      title: "Write the text of <{name}> in CDATA",
      arguments: { name: element.name },
      edits: [{ span: { start, end }, newText: `<![CDATA[${kept}]]>` }],
    },
  ];
}
