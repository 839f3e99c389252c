import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** Not wrong, but readers and other checkers want to see it. */
export const codeTypeMissing: ElementRule = {
  id: "code-type-missing",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "hint",
  message: "This code runs in phase post, because it has no Type.",

  check(section, _context, parentName) {
    // In PackageMerge another rule asks for merge.
    if (section.value("Type") || parentName === "PackageMerge") return undefined;
    const empty = section.attribute("Type");
    return { span: section.nameSpan, fixes: empty ? [] : [attributeInsertion(section, "Type", "post")] };
  },
};
