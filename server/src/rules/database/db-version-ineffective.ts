import { databaseFamilies } from "../../model/package-spec.ts";
import { looksAtVersions } from "../../model/section-phases.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** Only upgrades compare versions. */
export const dbVersionIneffective: ElementRule = {
  id: "db-version-ineffective",
  scope: "element",
  elements: databaseFamilies.filter((family) => !looksAtVersions(family)),
  severity: "warning",
  message: "This is executed whatever Version says: only upgrades look at it.",

  *check(section) {
    for (const element of [section, ...section.elements]) {
      const version = element.attribute("Version");
      if (version)
        yield { span: version.span, unnecessary: true, fixes: [attributeRemoval(element, version)] };
    }
  },
};
