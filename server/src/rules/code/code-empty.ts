import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";

/** Nothing to run. */
export const codeEmpty: ElementRule = {
  id: "code-empty",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "information",
  summary: "A code section has code",
  message: "Nothing runs here, because the section has no code.",
  docs:
    "The installer skips a code section without text. It does no harm, but whoever reads the spec looks for what is " +
    "missing. Only text before the first child element is code.",
  bad: '<CodeInstall Type="post"></CodeInstall>',
  good: "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();]]></CodeInstall>",
  source: "Znuny 7.1 and OTOBO 11, _Code",

  check(section) {
    if (section.text.value.trim() !== "" || section.closing === "missing" || section.closing === "unfinished")
      return undefined;
    return { span: section.nameSpan, unnecessary: true, fixes: [bareRemoval(section)] };
  },
};
