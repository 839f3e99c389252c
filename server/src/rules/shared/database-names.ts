import type { Attribute, Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import { isPlaceholder } from "./root-child.ts";

/** A name that an element gives to something new. */
export interface DefinedName {
  readonly kind: "table" | "column" | "index";
  readonly name: string;
  readonly span: Span;
}

/** The elements that give names, with the attribute that holds them. */
const definingAttributes: ReadonlyMap<string, readonly [DefinedName["kind"], string]> = new Map([
  ["TableCreate", ["table", "Name"]],
  ["Table", ["table", "Name"]],
  ["TableAlter", ["table", "NameNew"]],
  ["Column", ["column", "Name"]],
  ["ColumnAdd", ["column", "Name"]],
  ["ColumnChange", ["column", "NameNew"]],
  ["Index", ["index", "Name"]],
  ["IndexCreate", ["index", "Name"]],
  ["Unique", ["index", "Name"]],
  ["UniqueCreate", ["index", "Name"]],
]);

export const definingElements: readonly string[] = [...definingAttributes.keys()];

/** The name that an element gives; undefined when it is missing, empty, or still to be put in by a build tool. */
export function definedName(element: Element): DefinedName | undefined {
  const [kind, attributeName] = definingAttributes.get(element.name) ?? [];
  const attribute = attributeName === undefined ? undefined : element.attribute(attributeName);
  if (!kind || !attribute || attribute.value === "" || isPlaceholder(attribute.value)) return undefined;
  return { kind, name: attribute.value, span: attribute.valueSpan };
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
