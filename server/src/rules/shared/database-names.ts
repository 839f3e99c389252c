import { newName } from "../../symbols/element-names.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import { isPlaceholder } from "./root-child.ts";

/** The name that an element gives; undefined when it is missing, empty, or still to be put in by a build tool. */
export function definedName(element: Element): { readonly name: string; readonly span: Span } | undefined {
  const given = newName(element);
  return given && !isPlaceholder(given.value) ? { name: given.value, span: given.span } : undefined;
}

/** Where to point at a value: the value itself, or the element's name when there is none. */
export function placeOf(element: Element, attributeName: string): Span {
  const attribute = element.attribute(attributeName);
  return attribute && attribute.valueSpan.end > attribute.valueSpan.start
    ? attribute.valueSpan
    : element.nameSpan;
}

/** Tells whether an attribute is missing or empty, and not just written in another letter case. */
export function lacks(element: Element, attributeName: string): boolean {
  const lowerName = attributeName.toLowerCase();
  const given = element.node.attributes.find(({ name }) => name.toLowerCase() === lowerName);
  return given === undefined || (given.name === attributeName && element.value(attributeName)?.trim() === "");
}

/** An attribute that is given with some value. */
export function givenAttribute(element: Element, attributeName: string): Attribute | undefined {
  const attribute = element.attribute(attributeName);
  return attribute?.hasValue ? attribute : undefined;
}
