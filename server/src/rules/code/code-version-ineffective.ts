import { codeFamilies } from "../../model/package-spec.ts";
import { looksAtVersions } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Only upgrades compare versions. */
export const codeVersionIneffective: ElementRule = {
  id: "code-version-ineffective",
  scope: "element",
  elements: codeFamilies.filter((family) => !looksAtVersions(family)),
  severity: "warning",
  summary: "Only CodeUpgrade has a Version",
  message: "This code runs every time, whatever Version says: only CodeUpgrade looks at it.",
  docs:
    "`Version` lets a `CodeUpgrade` section run only for systems that come from an older version. When a package is " +
    "installed, reinstalled or removed there is nothing to compare, and the attribute is not read.",
  bad: '<CodeInstall Type="post" Version="1.1.0"><![CDATA[1;]]></CodeInstall>',
  good: '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>',
  source: "Znuny 7.1 and OTOBO 11, _Code",
  policyPlugins: ["XSD"],

  check(section) {
    const version = section.attribute("Version");
    if (!version) return undefined;
    return { span: version.span, unnecessary: true, fixes: [attributeRemoval(section, version)] };
  },
};
