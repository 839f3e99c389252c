import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { introNames, isAbsent, isIntro } from "../shared/intro-section.ts";

/** The default holds, but validators ask for it. */
export const introTypeMissing: ElementRule = {
  id: "intro-type-missing",
  scope: "element",
  elements: introNames,
  severity: "hint",
  message: "This is shown after the operation, because a missing Type counts as post.",
  policyPlugins: ["XSD"],

  check(intro, _context, parentName) {
    // For IntroUninstall the default is of no use, which another rule says.
    if (!isIntro(parentName) || intro.name === "IntroUninstall" || !isAbsent(intro, "Type")) return undefined;
    return { span: intro.nameSpan, fixes: [attributeInsertion(intro, "Type", "post")] };
  },
};
