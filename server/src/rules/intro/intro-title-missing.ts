import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, isAbsent, isIntro } from "../shared/intro-section.ts";

/** The headline above the text. */
export const introTitleMissing: ElementRule = {
  id: "intro-title-missing",
  scope: "element",
  elements: introNames,
  severity: "information",
  summary: "An Intro section has a Title",
  message: "The reader sees a text without headline, because the section has no Title.",
  docs: "The `Title` is shown as the headline above the text, in the admin screen and on the console.",
  bad: '<otrs_package><IntroInstall Type="post" Lang="en">Hello.</IntroInstall></otrs_package>',
  good: '<otrs_package><IntroInstall Type="post" Lang="en" Title="Thank you">Hello.</IntroInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and the console command Install",

  check(intro, { packageName }, parentName) {
    if (!isIntro(parentName) || !isAbsent(intro, "Title")) return undefined;
    const fixes = packageName ? [attributeInsertion(intro, "Title", packageName)] : [];
    return { span: intro.nameSpan, fixes };
  },
};
