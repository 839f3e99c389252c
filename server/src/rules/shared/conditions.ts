import type { Attribute, Element } from "../../syntax/element.ts";
import { Element as PlacedElement } from "../../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../../syntax/node.ts";

/** An `IfPackage` or `IfNotPackage` on a section or on something inside it. */
export interface Condition {
  readonly element: Element;
  readonly attribute: Attribute;
}

/** The conditions in a section, in document order. Looked for once for as long as the section stays the same. */
export function conditionsIn(section: Element): readonly Condition[] {
  let offsets = kept.get(section.node);
  if (!offsets) {
    offsets = hasConditions(section.node) ? findConditions(section) : [];
    kept.set(section.node, offsets);
  }
  return offsets.flatMap(({ node, offset }) => {
    const element = new PlacedElement(node, section.start + offset, undefined);
    return element.attributes
      .filter(({ name }) => name === "IfPackage" || name === "IfNotPackage")
      .map((attribute) => ({ element, attribute }));
  });
}

interface PlacedNode {
  readonly node: ElementNode;
  readonly offset: number;
}

const kept = new WeakMap<ElementNode, readonly PlacedNode[]>();

function findConditions(section: Element): readonly PlacedNode[] {
  return [...section.descendants()]
    .filter(({ node }) => node.attributes.some(isCondition))
    .map(({ node, start }) => ({ node, offset: start - section.start }));
}

function isCondition({ name }: { readonly name: string }): boolean {
  return name === "IfPackage" || name === "IfNotPackage";
}

/** Most sections have none, and then nothing needs to be placed. */
function hasConditions(node: SyntaxNode): boolean {
  return node.kind === "element" && (node.attributes.some(isCondition) || node.content.some(hasConditions));
}
