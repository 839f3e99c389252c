import type { AttributeFact } from "../../dialect/element-fact.ts";
import { elementFacts } from "../../dialect/elements.ts";
import {
  conditionAcross,
  firstWith,
  type ReleaseRange,
  type Spread,
  switchAcross,
} from "../../dialect/switches.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import { closest } from "../../text/similar.ts";
import type { RuleContext } from "../rule-context.ts";

/** What is wrong with the name of an attribute on its element. */
export type AttributeMistake =
  | { readonly kind: "reserved" }
  /** Only the letter case differs from a known name. */
  | { readonly kind: "wrong-case"; readonly meant: string }
  | { readonly kind: "misspelt"; readonly meant: string }
  | { readonly kind: "other-dialect"; readonly first: string }
  | { readonly kind: "other-releases"; readonly unknownTo: Spread }
  | { readonly kind: "unknown" };

/** An attribute whose name is wrong; of several with the same name the one that counts. */
export interface MistakenAttribute {
  readonly attribute: Attribute;
  readonly mistake: AttributeMistake;
}

/**
 * The attributes of an element whose names are wrong, in order. None where nobody knows the element either, nor those
 * of which a rule of its own speaks.
 */
export function mistakenAttributes(element: Element, context: RuleContext): readonly MistakenAttribute[] {
  if (asked.element !== element || asked.context !== context) {
    asked.element = element;
    asked.context = context;
    asked.answer = findMistakes(element, context);
  }
  return asked.answer;
}

const noMistakes: readonly MistakenAttribute[] = [];

/** The last question: several rules ask about one element, one right after the other. */
const asked: { element?: Element; context?: RuleContext; answer: readonly MistakenAttribute[] } = {
  answer: noMistakes,
};

function findMistakes(element: Element, context: RuleContext): readonly MistakenAttribute[] {
  let found: MistakenAttribute[] | undefined;
  for (const { name } of element.node.attributes) {
    const mistake = mistakeIn(element, name, context);
    if (!mistake) continue;
    found ??= [];
    found.push({ attribute: element.attribute(name)!, mistake });
  }
  return found ?? noMistakes;
}

function mistakeIn(
  element: Element,
  name: string,
  { schema, releases }: RuleContext,
): AttributeMistake | undefined {
  const known = schema.attribute(element.name, name);
  if (known) return known.where && unknownSomewhere(element, known, releases);
  if (reservedNames.has(name)) return { kind: "reserved" };
  const fact = schema.element(element.name);
  if (!fact || isNamespaced(name) || hasOwnRule(element, name, releases)) return undefined;
  const sameLetters = schema.attributeIgnoringCase(element.name, name);
  if (sameLetters) return { kind: "wrong-case", meant: sameLetters.name };
  const elsewhere = elementFacts
    .find((row) => row.name === element.name)
    ?.attributes.find((row) => row.name === name)?.where;
  if (elsewhere) return { kind: "other-dialect", first: firstWith(elsewhere) };
  const free = fact.attributes.map((row) => row.name).filter((candidate) => !has(element, candidate));
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

function unknownSomewhere(
  element: Element,
  { name, where }: AttributeFact,
  releases: ReleaseRange,
): AttributeMistake | undefined {
  const unknownTo = conditionAcross({ whereNot: where! }, releases);
  if (unknownTo === "off" || hasOwnRule(element, name, releases)) return undefined;
  return { kind: "other-releases", unknownTo };
}

/** Namespaces mean nothing to the frameworks, but editors and validators want them. */
function isNamespaced(name: string): boolean {
  return name === "xmlns" || name.includes(":");
}

function hasOwnRule(element: Element, attribute: string, releases: ReleaseRange): boolean {
  switch (attribute) {
    case "Version":
      return /^(Code|Intro)/.test(element.name);
    case "IfPackage":
    case "IfNotPackage":
      return switchAcross("packageMerge", releases) !== "off" && conditionPlaces.test(element.name);
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

function has(element: Element, attribute: string): boolean {
  return element.attribute(attribute) !== undefined;
}
