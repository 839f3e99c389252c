import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";

/** Nothing ties a text to a version. */
export const introVersionIneffective: ElementRule = {
  id: "intro-version-ineffective",
  scope: "element",
  elements: introNames,
  severity: "information",
  message: "This text is shown whatever the version, because no framework looks at Version here.",

  check(intro, _context, parentName) {
    const version = intro.attribute("Version");
    if (!isIntro(parentName) || !version) return undefined;
    return { span: version.span, fixes: [attributeRemoval(intro, version)], unnecessary: true };
  },
};
