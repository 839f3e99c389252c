import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, isAbsent, isIntro } from "../shared/intro-section.ts";

/** Texts are chosen by language. */
export const introLangMissing: ElementRule = {
  id: "intro-lang-missing",
  scope: "element",
  elements: introNames,
  severity: "warning",
  summary: "An Intro section says in which language it is",
  message: "Nobody gets this text in their language, because it has no Lang.",
  docs:
    "Among the texts of a phase the one in the reader's language is shown, else the English one. A text without `Lang` " +
    "is shown only where neither is found, and then as the first of all phases.",
  bad: '<otrs_package><IntroInstall Type="post" Title="Thank you">Hello.</IntroInstall></otrs_package>',
  good: '<otrs_package><IntroInstall Type="post" Lang="en" Title="Thank you">Hello.</IntroInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager",

  check(intro, _context, parentName) {
    if (!isIntro(parentName) || !isAbsent(intro, "Lang")) return undefined;
    return { span: intro.nameSpan, fixes: [attributeInsertion(intro, "Lang", "en")] };
  },
};
