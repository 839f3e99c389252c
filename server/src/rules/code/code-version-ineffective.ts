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
  message: "This code runs every time, whatever Version says: only CodeUpgrade looks at it.",
  policyPlugins: ["XSD"],

  check(section) {
    const version = section.attribute("Version");
    if (!version) return undefined;
    return { span: version.span, unnecessary: true, fixes: [attributeRemoval(section, version)] };
  },
};
