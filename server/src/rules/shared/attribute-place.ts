import type { DialectId } from "../../dialect/dialect.ts";
import { elementFacts } from "../../dialect/elements.ts";
import { productOf } from "../../dialect/products.ts";
import type { ElementNode } from "../../syntax/node.ts";
import { closest } from "../../text/similar.ts";
import type { RuleContext } from "../rule-context.ts";

/** What is wrong with the name of an attribute on its element. */
export type AttributeMistake =
  | { readonly kind: "reserved" }
  /** Only the letter case differs from a known name. */
  | { readonly kind: "wrong-case"; readonly meant: string }
  | { readonly kind: "misspelt"; readonly meant: string }
  | { readonly kind: "other-dialect"; readonly first: string }
  | { readonly kind: "unknown" };

/**
 * What is wrong with an attribute's name; undefined when nothing is, when nobody knows the element either, or when a
 * rule of its own speaks of it.
 */
export function attributeMistakeOf(
  element: ElementNode,
  name: string,
  { schema, dialect }: Pick<RuleContext, "schema" | "dialect">,
): AttributeMistake | undefined {
  if (schema.attribute(element.name, name)) return undefined;
  if (reservedNames.has(name)) return { kind: "reserved" };
  const fact = schema.element(element.name);
  if (!fact || isNamespaced(name) || hasOwnRule(element, name, dialect)) return undefined;
  const given = new Set(element.attributes.map((attribute) => attribute.name));
  const sameLetters = schema.attributeIgnoringCase(element.name, name);
  if (sameLetters) return { kind: "wrong-case", meant: sameLetters.name };
  const elsewhere = elementFacts
    .find((row) => row.name === element.name)
    ?.attributes.find((row) => row.name === name)?.dialects;
  if (elsewhere && !elsewhere.includes(dialect)) {
    return { kind: "other-dialect", first: productOf(elsewhere[0]!).label };
  }
  const free = fact.attributes.map((row) => row.name).filter((candidate) => !given.has(candidate));
  const meant = closest(name, free);
  return meant === undefined ? { kind: "unknown" } : { kind: "misspelt", meant };
}

/** Names under which the package parser keeps its own notes beside the attributes (XMLParse of OTRS, Znuny and OTOBO). */
const reservedNames: ReadonlySet<string> = new Set([
  "Tag",
  "TagType",
  "TagLevel",
  "TagCount",
  "TagLastLevel",
  "TagKey",
  "Content",
]);

/** Namespaces mean nothing to the frameworks, but editors and validators want them. */
function isNamespaced(name: string): boolean {
  return name === "xmlns" || name.includes(":");
}

function hasOwnRule(element: ElementNode, attribute: string, dialect: DialectId): boolean {
  switch (attribute) {
    case "Version":
      return /^(Code|Intro)/.test(element.name);
    case "IfPackage":
    case "IfNotPackage":
      return dialect !== "otrs-legacy" && conditionPlaces.test(element.name);
    case "NoDefault":
      return element.name === "ColumnChange";
    case "Name":
      // In place of the two names that are needed, whose absence is said.
      return element.name === "ColumnChange" && !(has(element, "NameOld") && has(element, "NameNew"));
    default:
      return false;
  }
}

const conditionPlaces = /^(Code|Intro|Database|File$)/;

function has(element: ElementNode, attribute: string): boolean {
  return element.attributes.some(({ name }) => name === attribute);
}
