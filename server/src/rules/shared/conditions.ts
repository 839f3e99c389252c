import type { Attribute, Element } from "../../syntax/element.ts";
import { Element as PlacedElement } from "../../syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../../syntax/node.ts";
import { memo } from "../../text/memo.ts";

/** An `IfPackage` or `IfNotPackage` on a section or on something inside it. */
export interface Condition {
  readonly element: Element;
  readonly attribute: Attribute;
}

/** The conditions in a section, in document order. Looked for once for as long as the section stays the same. */
export function conditionsIn(section: Element): readonly Condition[] {
  const places = section.node.content.height === 0 ? ownPlace(section.node) : placesIn(section.node, section);
  if (places.length === 0) return noConditions;
  return places.flatMap(({ node, offset }) => {
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

const noConditions: readonly Condition[] = [];
const noPlaces: readonly PlacedNode[] = [];

/** The same of an element without others in it, such as each of ten thousand files. */
function ownPlace(node: ElementNode): readonly PlacedNode[] {
  return node.attributes.some(isCondition) ? [{ node, offset: 0 }] : noPlaces;
}

const placesIn = memo((node: ElementNode, section: Element): readonly PlacedNode[] => {
  if (!hasConditions(node)) return noPlaces;
  return [...section.descendants()]
    .filter(({ node }) => node.attributes.some(isCondition))
    .map(({ node, start }) => ({ node, offset: start - section.start }));
});

function isCondition({ name }: { readonly name: string }): boolean {
  return name === "IfPackage" || name === "IfNotPackage";
}

/** Most sections have none, and then nothing needs to be placed. */
function hasConditions(node: SyntaxNode): boolean {
  return node.kind === "element" && (node.attributes.some(isCondition) || node.content.some(hasConditions));
}
