import type { Element } from "../../syntax/element.ts";
import type { ElementRule } from "../rule.ts";
import { conditionsIn } from "../shared/conditions.ts";
import { isMergeSection } from "../shared/database-section.ts";

/** A package cannot be there and not be there. */
export const ifPackageContradiction: ElementRule = {
  id: "if-package-contradiction",
  scope: "element",
  elements: [
    "CodeInstall",
    "CodeUpgrade",
    "CodeReinstall",
    "CodeUninstall",
    "DatabaseInstall",
    "DatabaseUpgrade",
  ],
  severity: "error",
  message: "This never runs, because IfPackage and IfNotPackage both name “{package}”.",
  where: "packageMerge",

  *check(section, _context, parentName) {
    // Statements of a merge are run whatever conditions say.
    if (section.name === "DatabaseUpgrade" && isMergeSection(section, parentName)) return;
    const conditions = conditionsIn(section);
    const ofSection = wanted(section);
    for (const { element, attribute } of conditions) {
      if (attribute.name !== "IfNotPackage" || attribute.value === "") continue;
      const demanded = [wanted(element), ofSection];
      if (demanded.includes(attribute.value))
        yield { span: attribute.valueSpan, arguments: { package: attribute.value } };
    }
    const excluded = section.value("IfNotPackage");
    if (!excluded) return;
    for (const { element, attribute } of conditions) {
      const isInside = element.start !== section.start;
      if (isInside && attribute.name === "IfPackage" && attribute.value === excluded)
        yield { span: attribute.valueSpan, arguments: { package: attribute.value } };
    }
  },
};

function wanted(element: Element): string | undefined {
  return element.value("IfPackage");
}
