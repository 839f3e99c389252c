import { isAtLeast } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** There is no upper bound: such a gate stays open. */
export const dbUpgradeVersionAbovePackage: ElementRule = {
  id: "db-upgrade-version-above-package",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  summary: "A change in a DatabaseUpgrade is not meant for a later version",
  message:
    "This {element} is executed now and again at every later upgrade, until the package has version {version}; now it has {packageVersion}.",
  docs:
    "A change is executed whenever the installed version is lower than its `Version`. Other than in `CodeUpgrade` the " +
    "version of the package does not matter. With a `Version` above it, the upgraded package is still lower, so the " +
    "next upgrade does it all again: tables are created and rows inserted twice. Nothing is said about packages of " +
    "version 0.0.0, where a build fills in the real one.",
  bad:
    '<otrs_package><Version>1.1.0</Version><DatabaseUpgrade Type="post">' +
    '<TableDrop Name="acme_old" Version="1.2.0"/></DatabaseUpgrade></otrs_package>',
  good:
    '<otrs_package><Version>1.2.0</Version><DatabaseUpgrade Type="post">' +
    '<TableDrop Name="acme_old" Version="1.2.0"/></DatabaseUpgrade></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageUpgrade",

  *check(section, { packageVersion, dialect }, parentName) {
    const own = plainVersion(packageVersion);
    if (!own || isMergeSection(section, parentName)) return;
    for (const element of section.elements) {
      const version = element.attribute("Version");
      const gate = plainVersion(version?.value);
      if (!version || !gate || isAtLeast(own, gate, dialect)) continue;
      yield {
        span: version.valueSpan,
        arguments: { element: element.name, version: gate, packageVersion: own },
        fixes: [replacement(version.valueSpan, own)],
      };
    }
  },
};
