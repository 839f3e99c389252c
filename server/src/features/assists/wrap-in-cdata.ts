import { cdataEdit } from "../surround.ts";
import type { Assist, AssistPlace } from "./assist.ts";

/** Puts a text with references in it into CDATA, where it is written as it is meant. */
export function wrapInCdata({ around, context, tree: { source } }: AssistPlace): readonly Assist[] {
  const [element] = around;
  const content = element && context.schema.element(element.name)?.content;
  if (!element || (content !== "text" && content !== "perl" && content !== "html")) return [];
  const children = [...element.children()];
  const isMarkup = children.some(({ node }) => node.kind === "reference") || content !== "text";
  if (!isMarkup || element.text.value.trim() === "") return [];
  const { start, end } = element.contentSpan;
  const raw = source.slice(start, end);
  // Blanks around stay outside, so that lines stay where they are.
  const span = { start: end - raw.trimStart().length, end: start + raw.trimEnd().length };
  const edit = cdataEdit(children, span, source);
  if (!edit) return [];
  return [
    {
      title: "Write the text of <{name}> in CDATA",
      arguments: { name: element.name },
      edits: [edit],
    },
  ];
}
