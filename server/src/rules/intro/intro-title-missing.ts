import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, isAbsent, isIntro } from "../shared/intro-section.ts";

/** The headline above the text. */
export const introTitleMissing: ElementRule = {
  id: "intro-title-missing",
  scope: "element",
  elements: introNames,
  severity: "information",
  message: "The reader sees a text without headline, because the section has no Title.",

  check(intro, { packageName }, parentName) {
    if (!isIntro(parentName) || !isAbsent(intro, "Title")) return undefined;
    const fixes = packageName ? [attributeInsertion(intro, "Title", packageName)] : [];
    return { span: intro.nameSpan, fixes };
  },
};
