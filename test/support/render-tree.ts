import type { ElementNode, SyntaxNode } from "../../server/src/syntax/node.ts";
import type { SyntaxTree } from "../../server/src/syntax/tree.ts";

/**
 * A tree as text: a line per node with its span, its children indented below it, and then all problems with what
 * their spans cover.
 */
export function renderTree(tree: SyntaxTree): string {
  const lines: string[] = [];
  const waiting = tree
    .topLevel()
    .map(({ node, start }) => ({ node, start, indent: "" }))
    .reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, start, indent } = next;
    lines.push(`${indent}${labelOf(node)} ${start}-${start + node.width}`);
    if (node.kind !== "element") continue;
    const inner: typeof waiting = [];
    let position = start + node.startTagWidth;
    for (const child of node.children) {
      inner.push({ node: child, start: position, indent: `${indent}  ` });
      position += child.width;
    }
    for (const child of inner.reverse()) waiting.push(child);
  }
  return [...lines, ...renderProblems(tree)].join("\n");
}

/** A line per problem: its code, what it names, and the text its span covers. */
function renderProblems(tree: SyntaxTree): string[] {
  return tree.problems.map(({ code, span, subject, expected }) => {
    const named = [subject, expected].filter((name) => name !== undefined).map((name) => ` ${quoted(name)}`);
    return `! ${code}${named.join("")} at ${span.start}: ${quoted(tree.source.slice(span.start, span.end))}`;
  });
}

function labelOf(node: SyntaxNode): string {
  switch (node.kind) {
    case "element":
      return labelOfElement(node);
    case "cdata":
    case "comment":
      return `${node.kind}${node.closed ? "" : " unclosed"} ${quoted(node.content)}`;
    case "instruction":
    case "doctype":
      return `${node.kind}${node.closed ? "" : " unclosed"} ${quoted(node.raw)}`;
    case "text":
      return `text ${quoted(node.raw)}`;
    case "reference":
      return `reference ${node.raw} ${node.value === undefined ? "unknown" : quoted(node.value)}`;
    case "stray-end-tag":
      return `stray end tag ${node.name}`;
    case "byte-order-mark":
      return "byte order mark";
  }
}

function labelOfElement(node: ElementNode): string {
  const attributes = node.attributes.map(({ name, rawValue }) =>
    rawValue === undefined ? ` ${name}` : ` ${name}=${quoted(rawValue)}`,
  );
  const ending = node.closing === "end-tag" ? "" : ` (${node.closing})`;
  return `<${node.name}${attributes.join("")}>${ending}`;
}

const shown = 40;

function quoted(text: string): string {
  return JSON.stringify(text.length <= shown ? text : `${text.slice(0, shown - 1)}…`);
}
