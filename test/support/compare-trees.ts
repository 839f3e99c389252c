import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { ElementNode, SyntaxNode } from "../../server/src/syntax/node.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** Fails unless a tree is the one that a full parse of its text gives. Memos are not looked at. */
export function assertLikeFullParse(tree: SyntaxTree, about: () => string): void {
  const difference = differenceBetween(tree, SyntaxTree.parse(tree.source.toString()));
  if (difference !== undefined) assert.fail(`${difference}\n${about()}`);
}

/** What differs first between two trees, in words; undefined when nothing does. */
export function differenceBetween(actual: SyntaxTree, expected: SyntaxTree): string | undefined {
  if (actual.document.width !== expected.document.width) return "the width of the document differs";
  return differenceOfLists(actual.document.children, expected.document.children, "document");
}

function differenceOfLists(
  actual: readonly SyntaxNode[],
  expected: readonly SyntaxNode[],
  path: string,
): string | undefined {
  for (let index = 0; index < Math.max(actual.length, expected.length); index++) {
    const difference = differenceOfNodes(actual[index], expected[index], `${path}[${index}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function differenceOfNodes(
  actual: SyntaxNode | undefined,
  expected: SyntaxNode | undefined,
  path: string,
): string | undefined {
  if (actual === expected) return undefined;
  if (actual?.kind === "element" && expected?.kind === "element") {
    const own = ownFields(actual);
    const other = ownFields(expected);
    if (!isDeepStrictEqual(own, other)) return words(path, own, other);
    return differenceOfLists(actual.children, expected.children, `${path}<${actual.name}>`);
  }
  return isDeepStrictEqual(actual, expected) ? undefined : words(path, actual, expected);
}

/** All of an element but its children and what readers keep at it. */
function ownFields(node: ElementNode): object {
  const { name, attributes, width, startTagWidth, endTagWidth, closing, problems, problemCount } = node;
  const { unsound, height } = node;
  return {
    name,
    attributes,
    width,
    startTagWidth,
    endTagWidth,
    closing,
    problems,
    problemCount,
    unsound,
    height,
  };
}

function words(path: string, actual: unknown, expected: unknown): string {
  return `${path}: ${JSON.stringify(actual)?.slice(0, 1000)}\ninstead of ${JSON.stringify(expected)?.slice(0, 1000)}`;
}

/** The text of a tree put together again from its nodes; fails where widths do not add up. */
export function rebuiltText(tree: SyntaxTree): string {
  const pieces: string[] = [];
  const source = tree.source.toString();
  let position = 0;
  const take = (width: number) => {
    pieces.push(source.slice(position, position + width));
    position += width;
  };
  const visit = (nodes: readonly SyntaxNode[]): number => {
    let sum = 0;
    for (const node of nodes) {
      const start = position;
      sum += node.width;
      if (node.kind === "element") {
        take(node.startTagWidth);
        const content = visit(node.children);
        take(node.endTagWidth);
        assert.equal(node.startTagWidth + content + node.endTagWidth, node.width, `widths in ${node.name}`);
      } else {
        pieces.push(ownText(node) ?? source.slice(position, position + node.width));
        position += node.width;
      }
      assert.equal(position, start + node.width);
    }
    return sum;
  };
  assert.equal(visit(tree.document.children), tree.document.width, "widths of the document");
  return pieces.join("");
}

/** The text a node keeps of itself; undefined for those that keep none. */
function ownText(node: SyntaxNode): string | undefined {
  switch (node.kind) {
    case "text":
    case "reference":
    case "instruction":
    case "doctype":
      return node.raw;
    case "cdata":
      return `<![CDATA[${node.content}${node.closed ? "]]>" : ""}`;
    case "comment":
      return `<!--${node.content}${node.closed ? "-->" : ""}`;
    case "byte-order-mark":
      return "\ufeff";
    default:
      return undefined;
  }
}
