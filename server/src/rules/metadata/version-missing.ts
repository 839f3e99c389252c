import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** Without a version nothing can be compared, and nothing installed. */
export const versionMissing: PackageRule = {
  id: "version-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "A package has a Version",
  message: "No system installs this package, because it has no Version.",
  docs:
    "Upgrades, requirements and the archive's file name are made of the version. The build command does not insist on " +
    "it and writes an archive called `Name-.opm`, which no system installs. If your build puts the version in, keep " +
    "`<Version>0.0.0</Version>` as its place.",
  bad: "<otrs_package><Name>AcmeContracts</Name></otrs_package>",
  good: "<otrs_package><Name>AcmeContracts</Name><Version>1.0.0</Version></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageBuild and RepositoryAdd",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "Version", "1.0.0", context),
};
