import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** Not wrong, but readers and other checkers want to see it. */
export const codeTypeMissing: ElementRule = {
  id: "code-type-missing",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "hint",
  summary: "A code section says its Type",
  message: "This code runs in phase post, because it has no Type.",
  docs:
    "Without `Type` a code section runs in `post`, and the builder writes that into the archive. OPM::Validate, which " +
    "`opmbuild sopmtest` uses, wants at least one attribute. Say it, so that nobody has to know the default.",
  bad: "<CodeInstall><![CDATA[1;]]></CodeInstall>",
  good: '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse; OPM::Validate",
  profiles: ["strict"],

  check(section, _context, parentName) {
    // In PackageMerge another rule asks for merge.
    if (section.value("Type") || parentName === "PackageMerge") return undefined;
    const empty = section.attribute("Type");
    return { span: section.nameSpan, fixes: empty ? [] : [attributeInsertion(section, "Type", "post")] };
  },
};
