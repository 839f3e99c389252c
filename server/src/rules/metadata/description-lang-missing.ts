import { isElement } from "../../syntax/node.ts";
import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** A description without language fits no reader. */
export const descriptionLangMissing: ElementRule = {
  id: "description-lang-missing",
  scope: "element",
  elements: ["Description"],
  severity: "warning",
  message:
    "This text is shown at most where there is none in the language of the reader, because the Description has no Lang.",
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    if (!isRootName(parentName)) return undefined;
    // A wrongly cased one is said by another rule, and one per child element as well.
    if (element.attributes.some(({ name }) => name.toLowerCase() === "lang")) return undefined;
    if (element.node.content.some(isElement)) return undefined;
    return { span: element.nameSpan, fixes: [{ ...attributeInsertion(element, "Lang", "en"), asks: true }] };
  },
};
