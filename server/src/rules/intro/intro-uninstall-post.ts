import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { introPhase, isAbsent, isIntro } from "../shared/intro-section.ts";

/** Both places look under the wrong name for the text to show after the package is gone. */
export const introUninstallPost: ElementRule = {
  id: "intro-uninstall-post",
  scope: "element",
  elements: ["IntroUninstall"],
  severity: "warning",
  summary: "IntroUninstall is shown before the package is removed",
  message: {
    given:
      "Nobody reads this text: the admin screen shows an empty box, because it cannot show IntroUninstall post.",
    missing:
      "Nobody reads this text, because a missing Type counts as post, and IntroUninstall post is never shown.",
  },
  docs:
    "After a package is removed the admin screen looks for the text under a wrong name and shows an empty box; the " +
    'console shows nothing. Only `Type="pre"` is of any use here.',
  bad: '<otrs_package><IntroUninstall Type="post" Lang="en" Title="Goodbye">Goodbye.</IntroUninstall></otrs_package>',
  good: '<otrs_package><IntroUninstall Type="pre" Lang="en" Title="Goodbye">Goodbye.</IntroUninstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and the console command Uninstall",

  check(intro, _context, parentName) {
    if (!isIntro(parentName) || introPhase(intro) !== "post") return undefined;
    const type = intro.attribute("Type");
    if (type) {
      return { span: type.valueSpan, variant: "given", fixes: [replacement(type.valueSpan, "pre")] };
    } else if (isAbsent(intro, "Type")) {
      return { span: intro.nameSpan, variant: "missing", fixes: [attributeInsertion(intro, "Type", "pre")] };
    }
    return undefined;
  },
};
