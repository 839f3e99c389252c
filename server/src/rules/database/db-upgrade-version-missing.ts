import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** No gate means closed, other than in CodeUpgrade. */
export const dbUpgradeVersionMissing: ElementRule = {
  id: "db-upgrade-version-missing",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message: "This {element} is never executed, because in a DatabaseUpgrade only what has a Version is.",
  policyPlugins: ["RequiredElements"],

  *check(section, { packageVersion, schema }, parentName) {
    if (isMergeSection(section, parentName)) return;
    const version = plainVersion(section.value("Version")) ?? plainVersion(packageVersion);
    for (const element of section.elements) {
      if (element.value("Version")) continue;
      // Where an end tag is missing, elements seem to stand here that take no Version at all.
      const takesVersion = schema.attribute(element.name, "Version") && !element.attribute("Version");
      yield {
        span: element.nameSpan,
        arguments: { element: element.name },
        fixes: version && takesVersion ? [attributeInsertion(element, "Version", version)] : [],
      };
    }
  },
};
