import { introFamilies } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import { isRootName } from "./root-child.ts";

/** The names of the typed sections, for rules about them. */
export const introNames: readonly string[] = introFamilies;

/** Tells whether an element is an Intro section of the package: a nested one has a rule of its own. */
export function isIntro(parentName: string | undefined): boolean {
  return isRootName(parentName);
}

/** When a section is shown; undefined for a Type that is neither. */
export function introPhase(intro: Element): "pre" | "post" | undefined {
  // An empty Type, or `0`, counts as none.
  const type = intro.value("Type");
  if (type === undefined || type === "" || type === "0") return "post";
  const phase = type.toLowerCase();
  return phase === "pre" || phase === "post" ? phase : undefined;
}

/** True when an attribute is not there, not even in another letter case. */
export function isAbsent(element: Element, attributeName: string): boolean {
  const lowerName = attributeName.toLowerCase();
  return !element.node.attributes.some(({ name }) => name.toLowerCase() === lowerName);
}
