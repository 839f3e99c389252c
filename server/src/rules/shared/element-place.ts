import type { ElementFact } from "../../dialect/element-fact.ts";
import { elementFacts } from "../../dialect/elements.ts";
import { productOf } from "../../dialect/products.ts";
import { conditionAcross, firstWith, type ReleaseRange, type Spread } from "../../dialect/switches.ts";
import { closest } from "../../text/similar.ts";
import type { RuleContext } from "../rule-context.ts";
import { isRootName } from "./root-child.ts";

/** What is wrong with the name of an element where it stands. */
export type Misplacement =
  /** Only the letter case differs from a known name. */
  | { readonly kind: "wrong-case"; readonly meant: string }
  | { readonly kind: "misspelt"; readonly meant: string }
  /** Later or other products know it; `first` is the oldest release that does. */
  | { readonly kind: "other-dialect"; readonly first: string }
  /** Some of the admitted releases do not know it. */
  | { readonly kind: "other-releases"; readonly unknownTo: Spread }
  | { readonly kind: "unknown" }
  /** Known, but not looked for here. */
  | { readonly kind: "misplaced"; readonly parents: readonly string[] };

/**
 * What is wrong with an element's name where it stands; undefined when nothing is, or when rules of their own speak
 * of it: files, database content, what has no place in `PackageMerge`, the old forms of Intro elements, and metadata that counts wherever
 * it stands. What is inside an element that nobody knows is not judged, because the element itself is.
 */
export function misplacementOf(
  name: string,
  parentName: string | undefined,
  { schema, releases }: Pick<RuleContext, "schema" | "releases">,
): Misplacement | undefined {
  if (parentName === undefined) return undefined;
  if (schema.allows(parentName, name)) return unknownSomewhere(schema.element(name), releases);
  if (parentName === "Filelist") {
    return name.toLowerCase() === "file" ? { kind: "wrong-case", meant: "File" } : undefined;
  }
  const parent = schema.element(parentName);
  if (parentName === "PackageMerge") {
    if (schema.element(name)) return undefined;
  } else if (!isRootName(parentName)) {
    // Of the markup inside a text only the first is worth a word, so the element around it speaks.
    if (parent?.content !== "base64") return undefined;
  }
  const known = schema.element(name);
  if (known && known.parents.length > 0) {
    return known.parents.includes("root") ? undefined : { kind: "misplaced", parents: known.parents };
  }
  const here = schema.children(parentName).filter(({ obsolete }) => !obsolete);
  const lowerName = name.toLowerCase();
  const sameLetters =
    schema.children(parentName).find((fact) => fact.name.toLowerCase() === lowerName) ??
    schema.elementIgnoringCase(name);
  if (sameLetters && sameLetters.name !== name) return { kind: "wrong-case", meant: sameLetters.name };
  const elsewhere = schema.knownIn(name);
  if (isPhasedIntro(name)) return undefined;
  if (elsewhere.length > 0 && !known) {
    const { where } = elementFacts.find((fact) => fact.name === name)!;
    return { kind: "other-dialect", first: where ? firstWith(where) : productOf(elsewhere[0]!).label };
  }
  const meant = closest(
    name,
    here.map((fact) => fact.name),
  );
  return meant === undefined ? { kind: "unknown" } : { kind: "misspelt", meant };
}

/** What some of the admitted releases do not know; undefined for what all do. */
function unknownSomewhere(fact: ElementFact | undefined, releases: ReleaseRange): Misplacement | undefined {
  const { where, name } = fact ?? {};
  if (where === undefined || isPhasedIntro(name!)) return undefined;
  const unknownTo = conditionAcross({ whereNot: where }, releases);
  return unknownTo === "off" ? undefined : { kind: "other-releases", unknownTo };
}

/** A rule of its own speaks of them. */
function isPhasedIntro(name: string): boolean {
  return /^Intro(Install|Upgrade|Reinstall|Uninstall)(Pre|Post)$/.test(name);
}
