import type { ElementRule } from "../rule.ts";
import { misplacementOf } from "../shared/element-place.ts";

/** Files, tables and their parts are looked for in their sections only. */
export const elementMisplaced: ElementRule = {
  id: "element-misplaced",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: "The framework silently leaves out <{name}>, because it looks for it only in {places}.",
  policyPlugins: ["XSD"],

  check(element, context, parentName) {
    const misplacement = misplacementOf(element.name, parentName, context);
    if (misplacement?.kind !== "misplaced") return undefined;
    const places = misplacement.parents.map((parent) => `<${parent}>`).join(", ");
    return { span: element.nameSpan, arguments: { name: element.name, places } };
  },
};
