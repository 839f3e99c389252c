import type { Element } from "../../syntax/element.ts";
import type { Fix } from "../rule.ts";
import { attributeInsertion } from "./fixes.ts";

/** Says the phase of a section that has no `Type` or an empty one. */
export function setPhase(section: Element, phase: string): Fix {
  const type = section.attribute("Type");
  if (!type?.hasValue) return attributeInsertion(section, "Type", phase);
  return {
    title: "Add {attribute}",
    arguments: { attribute: `Type="${phase}"` },
    edits: [{ span: type.valueSpan, newText: phase }],
  };
}
