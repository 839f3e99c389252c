import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, isAbsent, isIntro } from "../shared/intro-section.ts";

/** Texts are chosen by language. */
export const introLangMissing: ElementRule = {
  id: "intro-lang-missing",
  scope: "element",
  elements: introNames,
  severity: "warning",
  message: "Nobody gets this text in their language, because it has no Lang.",

  check(intro, _context, parentName) {
    if (!isIntro(parentName) || !isAbsent(intro, "Lang")) return undefined;
    return { span: intro.nameSpan, fixes: [attributeInsertion(intro, "Lang", "en")] };
  },
};
