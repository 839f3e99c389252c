import { codeHolds, codeSection } from "../../symbols/code-section.ts";
import type { ElementRule } from "../rule.ts";

/** Code sections run inside a method of the package manager, so its object is at hand, by accident. */
export const codeUsesSelf: ElementRule = {
  id: "code-uses-self",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "warning",
  message:
    "This code may fail with the next release, because $Self is the package manager's own object here.",
  where: "objectManager",
  policyPlugins: ["CodeTags"],

  check(section) {
    if (!codeHolds(section, /Self/)) return undefined;
    const { perl, spanOf } = codeSection(section);
    // A subroutine that takes its own $Self off its arguments is left alone.
    if (/\bmy\s*\(?\s*\$Self\b/.test(perl.code)) return undefined;
    const match = /\$\{?Self\b/.exec(perl.withStrings);
    if (match) return { span: spanOf(match.index, match.index + match[0].length) };
    return undefined;
  },
};
