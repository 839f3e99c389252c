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
  summary: "Every change in a DatabaseUpgrade has a Version",
  message: "This {element} is never executed, because in a DatabaseUpgrade only what has a Version is.",
  docs:
    "While upgrading, each element directly in a `DatabaseUpgrade` is executed if the installed version is lower than " +
    "its `Version`; one without is skipped, without a word in the log. A `Version` on the section itself is not looked " +
    "at. Write the version of the package that brings the change.",
  bad: '<DatabaseUpgrade Type="post"><TableDrop Name="acme_old"/></DatabaseUpgrade>',
  good: '<DatabaseUpgrade Type="post"><TableDrop Name="acme_old" Version="1.1.0"/></DatabaseUpgrade>',
  source: "Znuny 7.1 and OTOBO 11, PackageUpgrade",
  policyPlugins: ["RequiredElements"],

  *check(section, { packageVersion }, parentName) {
    if (isMergeSection(section, parentName)) return;
    const version = plainVersion(section.value("Version")) ?? plainVersion(packageVersion);
    for (const element of section.elements) {
      if (element.value("Version")) continue;
      const empty = element.attribute("Version");
      yield {
        span: element.nameSpan,
        arguments: { element: element.name },
        fixes: version && !empty ? [attributeInsertion(element, "Version", version)] : [],
      };
    }
  },
};
