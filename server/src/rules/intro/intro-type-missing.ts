import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, isAbsent, isIntro } from "../shared/intro-section.ts";

/** The default holds, but validators ask for it. */
export const introTypeMissing: ElementRule = {
  id: "intro-type-missing",
  scope: "element",
  elements: introNames,
  severity: "hint",
  profiles: ["znuny-policy", "strict"],
  summary: "An Intro section says when it is shown",
  message: "This is shown after the operation, because a missing Type counts as post.",
  docs:
    "`Type` says whether the text is shown before (`pre`) or after (`post`) the operation; without it `post` is " +
    "assumed. `opmbuild` and the Znuny code policy ask for it.",
  bad: '<otrs_package><IntroInstall Lang="en" Title="Thank you">Hello.</IntroInstall></otrs_package>',
  good: '<otrs_package><IntroInstall Type="post" Lang="en" Title="Thank you">Hello.</IntroInstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse; OPM::Validate 1.11",
  policyPlugins: ["XSD"],

  check(intro, _context, parentName) {
    // For IntroUninstall the default is of no use, which another rule says.
    if (!isIntro(parentName) || intro.name === "IntroUninstall" || !isAbsent(intro, "Type")) return undefined;
    return { span: intro.nameSpan, fixes: [attributeInsertion(intro, "Type", "post")] };
  },
};
