import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";

/** The frameworks choose a section by phase and language, and look at its text afterwards. */
export const introEmpty: ElementRule = {
  id: "intro-empty",
  scope: "element",
  elements: introNames,
  severity: "information",
  message: "Whoever is shown this section sees no text, because it is empty.",

  check(intro, _context, parentName) {
    if (!isIntro(parentName) || intro.text.value.trim() !== "" || hasElements(intro)) return undefined;
    return { span: intro.nameSpan, fixes: [removal(intro)] };
  },
};

/** Markup that was not put into CDATA is the business of other rules. */
function hasElements(intro: Parameters<ElementRule["check"]>[0]): boolean {
  for (const { node } of intro.children()) if (node.kind === "element") return true;
  return false;
}
