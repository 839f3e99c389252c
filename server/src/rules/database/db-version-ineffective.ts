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
  summary: "Only changes in a DatabaseUpgrade have a Version",
  message: "This is executed whatever Version says: only upgrades look at it.",
  docs:
    "`Version` says for which systems a change in `DatabaseUpgrade` is meant. When a package is installed or removed " +
    "there is nothing to compare, and everything in the section is executed.",
  bad: '<DatabaseInstall Type="post"><TableCreate Name="acme" Version="1.0.0"/></DatabaseInstall>',
  good: '<DatabaseInstall Type="post"><TableCreate Name="acme"/></DatabaseInstall>',
  source: "Znuny 7.1 and OTOBO 11, PackageInstall and PackageUninstall; OPM::Validate",

  *check(section) {
    for (const element of [section, ...section.elements]) {
      const version = element.attribute("Version");
      if (version)
        yield { span: version.span, unnecessary: true, fixes: [attributeRemoval(element, version)] };
    }
  },
};
