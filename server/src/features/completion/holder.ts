import type { ElementFact } from "../../dialect/element-fact.ts";
import type { Schema } from "../../dialect/schema.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../../syntax/node.ts";
import { memo } from "../../text/memo.ts";

/** The element that a new tag would belong to, and those inside it that have no end tag yet. */
export interface Holder {
  readonly element: Element;
  /** Innermost first. */
  readonly unclosed: readonly Element[];
}

/**
 * Finds what a tag at the caret would stand in. Elements that nothing closes and that hold no others are passed by:
 * their author is about to go on behind them.
 *
 * @param children what may stand in an element
 * @returns undefined outside all elements
 */
export function holderOf(
  innermost: Element | undefined,
  children: (element: Element) => readonly unknown[],
): Holder | undefined {
  const unclosed: Element[] = [];
  let element = innermost;
  while (element?.parent && element.closing === "missing" && children(element).length === 0) {
    unclosed.push(element);
    element = element.parent;
  }
  return element && { element, unclosed };
}

/** The elements that may stand in an element. Of a root with an unknown name those of the dialect's own root. */
export function childrenOf(element: Element, schema: Schema): readonly ElementFact[] {
  const children = schema.children(element.name);
  return children.length === 0 && !element.parent ? schema.children(schema.root.name) : children;
}

/** The names of the child elements of a holder, and of what unclosed ones in it have swallowed. */
export function namesIn(
  { element, unclosed }: Holder,
  besides: ElementNode | undefined,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of [element, ...unclosed]) {
    for (const { nodes } of node.content.blocks) {
      const isChanging = besides !== undefined && nodes.includes(besides);
      for (const name of isChanging ? namesOf(nodes, besides) : keptNames(nodes)) names.add(name);
    }
  }
  return names;
}

/** Kept with the siblings that the tree keeps together: most of a long file list stays the same from edit to edit. */
const keptNames = memo((siblings: readonly SyntaxNode[]) => namesOf(siblings, undefined));

function namesOf(siblings: readonly SyntaxNode[], besides: ElementNode | undefined): ReadonlySet<string> {
  return new Set(
    siblings.flatMap((node) => (node.kind === "element" && node !== besides ? [node.name] : [])),
  );
}

/** The elements that lack an end tag where the caret is, innermost first. */
export function unclosedFrom(innermost: Element | undefined): readonly Element[] {
  const unclosed: Element[] = [];
  for (let element = innermost; element; element = element.parent) {
    if (element.closing === "missing") unclosed.push(element);
  }
  return unclosed;
}
