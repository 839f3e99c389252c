import { productOf } from "../../dialect/products.ts";
import { closest } from "../../text/similar.ts";
import type { RuleContext } from "../rule-context.ts";
import { isRootName } from "./root-child.ts";

/** What is wrong with the name of an element where it stands. */
export type Misplacement =
  /** Only the letter case differs from a known name. */
  | { readonly kind: "wrong-case"; readonly meant: string }
  | { readonly kind: "misspelt"; readonly meant: string }
  /** Later or other products know it; `first` is the oldest of them. */
  | { readonly kind: "other-dialect"; readonly first: string }
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
  { schema, dialect }: Pick<RuleContext, "schema" | "dialect">,
): Misplacement | undefined {
  if (parentName === undefined || schema.allows(parentName, name)) return undefined;
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
  if (/^Intro(Install|Upgrade|Reinstall|Uninstall)(Pre|Post)$/.test(name)) return undefined;
  if (elsewhere.length > 0 && !elsewhere.includes(dialect)) {
    return { kind: "other-dialect", first: productOf(elsewhere[0]!).label };
  }
  const meant = closest(
    name,
    here.map((fact) => fact.name),
  );
  return meant === undefined ? { kind: "unknown" } : { kind: "misspelt", meant };
}
