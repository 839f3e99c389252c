import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Often meant, but worth knowing. */
export const codeUpgradeUnversioned: ElementRule = {
  id: "code-upgrade-unversioned",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "information",
  summary: "A CodeUpgrade says from which version on it is done",
  message: "This code runs again at every upgrade, because it has no Version; it has to bear that.",
  docs:
    "Without `Version` a `CodeUpgrade` runs at each upgrade, whatever was installed before. That is fine for code that " +
    "can run many times, such as clearing a cache. Code that adds or changes data once should have the version it came " +
    "with.",
  bad: '<CodeUpgrade Type="post"><![CDATA[1;]]></CodeUpgrade>',
  good: '<CodeUpgrade Type="post" Version="1.1.0"><![CDATA[1;]]></CodeUpgrade>',
  source: "Znuny 7.1 and OTOBO 11, PackageUpgrade",

  check(section, { packageVersion }, parentName) {
    if (section.attribute("Version") || section.text.value.trim() === "") return undefined;
    if (parentName === "PackageMerge" || section.value("Type")?.toLowerCase() === "merge") return undefined;
    const own = plainVersion(packageVersion);
    return { span: section.nameSpan, fixes: own ? [attributeInsertion(section, "Version", own)] : [] };
  },
};
