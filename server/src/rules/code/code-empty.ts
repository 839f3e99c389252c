import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** Nothing to run. */
export const codeEmpty: ElementRule = {
  id: "code-empty",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "information",
  message: "Nothing runs here, because the section has no code.",

  check(section) {
    if (section.text.value.trim() !== "" || section.closing === "missing" || section.closing === "unfinished")
      return undefined;
    return { span: section.nameSpan, unnecessary: true, fixes: [removal(section)] };
  },
};
