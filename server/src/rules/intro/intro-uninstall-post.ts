import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { introPhase, isAbsent, isIntro } from "../shared/intro-section.ts";

/** Both places look under the wrong name for the text to show after the package is gone. */
export const introUninstallPost: ElementRule = {
  id: "intro-uninstall-post",
  scope: "element",
  elements: ["IntroUninstall"],
  severity: "warning",
  message: {
    given:
      "Nobody reads this text: the admin screen shows an empty box, because it cannot show IntroUninstall post.",
    missing:
      "Nobody reads this text, because a missing Type counts as post, and IntroUninstall post is never shown.",
  },

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
