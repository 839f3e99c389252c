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
    // Markup that was not put into CDATA is the business of other rules.
    if (!isIntro(parentName) || intro.text.value.trim() !== "" || intro.elements.length > 0) return undefined;
    return { span: intro.nameSpan, fixes: [removal(intro)] };
  },
};
