import { isAtLeast } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** A gate that this version of the package cannot reach. */
export const codeUpgradeVersionAbovePackage: ElementRule = {
  id: "code-upgrade-version-above-package",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "error",
  summary: "A CodeUpgrade is not meant for a later version",
  message: "This code is skipped until the package has version {version}; now it has {packageVersion}.",
  docs:
    "A `CodeUpgrade` with `Version` runs only when the package that is being installed is at least of that version. " +
    "Mostly the package's own `Version` was not raised together with it. Nothing is said about packages of version " +
    "0.0.0, where a build fills in the real one.",
  bad:
    '<otrs_package><Version>1.1.0</Version><CodeUpgrade Type="post" Version="1.2.0"><![CDATA[1;]]></CodeUpgrade>' +
    "</otrs_package>",
  good:
    '<otrs_package><Version>1.2.0</Version><CodeUpgrade Type="post" Version="1.2.0"><![CDATA[1;]]></CodeUpgrade>' +
    "</otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageUpgrade and _Code",

  check(section, { packageVersion, dialect }) {
    const version = section.attribute("Version");
    const gate = plainVersion(version?.value);
    const own = plainVersion(packageVersion);
    // Merge code is compared with the version of the absorbed package.
    if (!version || !gate || !own || section.value("Type")?.toLowerCase() === "merge") return undefined;
    if (isAtLeast(own, gate, dialect)) return undefined;
    return {
      span: version.valueSpan,
      arguments: { version: gate, packageVersion: own },
      fixes: [replacement(version.valueSpan, own)],
    };
  },
};
