import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";

/** Nothing ties a text to a version. */
export const introVersionIneffective: ElementRule = {
  id: "intro-version-ineffective",
  scope: "element",
  elements: introNames,
  severity: "information",
  summary: "Version has no effect on Intro sections",
  message: "This text is shown whatever the version, because no framework looks at Version here.",
  docs:
    "Other than on `CodeUpgrade`, a `Version` on an Intro section does nothing: the text is shown at every upgrade, " +
    "from whatever version. Say in the text whom it concerns.",
  bad: '<otrs_package><IntroUpgrade Type="post" Version="1.1.0" Lang="en" Title="New">New.</IntroUpgrade></otrs_package>',
  good: '<otrs_package><IntroUpgrade Type="post" Lang="en" Title="New in 1.1">New.</IntroUpgrade></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and the console command Upgrade",

  check(intro, _context, parentName) {
    const version = intro.attribute("Version");
    if (!isIntro(parentName) || !version) return undefined;
    return { span: version.span, fixes: [attributeRemoval(intro, version)], unnecessary: true };
  },
};
