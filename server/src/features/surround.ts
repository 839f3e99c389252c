import type { Schema } from "../dialect/schema.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import type { Element, Placed } from "../syntax/element.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { TextEdit } from "../text/edit.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";

/** Something that can be put around what is selected. */
export interface Surrounding {
  /** English, for the reader. */
  readonly title: string;
  readonly arguments?: MessageArguments;
  readonly edits: readonly TextEdit[];
}

/** What is selected, without the blanks around it. */
export interface Selected {
  readonly span: Span;
  /** The element in whose content it is. */
  readonly parent: Element;
  /** Its children in whole, or a part of its text. */
  readonly nodes: readonly Placed[];
  readonly isText: boolean;
}

/** What can be put around a selection, the likeliest first; nothing around what is no whole. */
export function surroundings(tree: SyntaxTree, range: Span, schema: Schema): readonly Surrounding[] {
  const selected = selectedIn(tree, range, schema);
  if (!selected) return [];
  return selected.isText
    ? inCData(selected, tree)
    : [...inElements(selected, schema), ...inComment(selected, tree)];
}

/** Undefined for what is no whole, and for a selection of nothing. */
export function selectedIn(tree: SyntaxTree, range: Span, schema: Schema): Selected | undefined {
  const text = tree.source.slice(range.start, range.end);
  const start = range.start + text.length - text.trimStart().length;
  const end = range.start + text.trimEnd().length;
  if (start >= end) return undefined;
  let parent = tree.elementAt(start);
  while (parent && !(parent.contentSpan.start <= start && end <= parent.contentSpan.end))
    parent = parent.parent;
  if (!parent || parent.node.problems) return undefined;
  const nodes = [...parent.children()].filter((child) => child.start < end && start < endOf(child));
  const content = schema.element(parent.name)?.content ?? "elements";
  if (content === "empty" || content === "base64") return undefined;
  const isText = content !== "elements";
  const isWhole = isText
    ? nodes.every(
        (each) => each.node.kind === "text" || (each.node.kind === "reference" && isIn(each, start, end)),
      )
    : nodes.every(
        (each) => isIn(each, start, end) || (each.node.kind === "text" && each.node.raw.trim() === ""),
      );
  return isWhole ? { span: { start, end }, parent, nodes, isText } : undefined;
}

function isIn({ node, start }: Placed, from: number, to: number): boolean {
  return from <= start && start + node.width <= to && !("problems" in node && node.problems);
}

function endOf({ node, start }: Placed): number {
  return start + node.width;
}

function inCData({ span, nodes }: Selected, { source }: SyntaxTree): readonly Surrounding[] {
  const edit = cdataEdit(nodes, span, source);
  return edit ? [{ title: "Surround with CDATA", edits: [edit] }] : [];
}

/**
 * Writes text and references as they are meant, in CDATA. Undefined for other nodes, and where a part of the text would end
 * the section, or is read otherwise there.
 *
 * @param span what is written so; it holds references in whole
 */
export function cdataEdit(nodes: readonly Placed[], span: Span, source: SourceText): TextEdit | undefined {
  let text = "";
  for (const { node, start } of nodes) {
    if (node.kind === "text") {
      text += source.slice(Math.max(span.start, start), Math.min(span.end, start + node.width));
    } else if (node.kind === "reference" && node.value !== undefined && !node.value.includes("\r")) {
      text += node.value;
    } else return undefined;
  }
  return text.includes("]]>") ? undefined : { span, newText: `<![CDATA[${text}]]>` };
}

function inComment({ span }: Selected, tree: SyntaxTree): readonly Surrounding[] {
  const text = tree.source.slice(span.start, span.end);
  if (text.includes("--") || text.endsWith("-")) return [];
  return [{ title: "Surround with a comment", edits: around(span, "<!-- ", " -->") }];
}

/** Elements that may stand here and hold all that is selected, and of which nothing more is to be said. */
function inElements({ span, parent, nodes }: Selected, schema: Schema): readonly Surrounding[] {
  const names = nodes.flatMap(({ node }) => (node.kind === "element" ? [node.name] : []));
  if (names.length === 0) return [];
  return schema
    .children(parent.name)
    .filter(
      ({ name, content, obsolete, attributes }) =>
        content === "elements" &&
        !obsolete &&
        attributes.every(({ required }) => !required) &&
        names.every((each) => schema.allows(name, each)),
    )
    .map(({ name }) => ({
      title: "Surround with <{name}>",
      arguments: { name },
      edits: around(span, `<${name}>`, `</${name}>`),
    }));
}

function around({ start, end }: Span, before: string, behind: string): readonly TextEdit[] {
  return [
    { span: { start, end: start }, newText: before },
    { span: { start: end, end }, newText: behind },
  ];
}
