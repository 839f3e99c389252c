import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The name is the key under which a package is known everywhere. */
export const nameMissing: PackageRule = {
  id: "name-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "A package has a Name",
  message: "No system installs this package, because it has no Name to be known by.",
  docs:
    "The name is what a package is known by in the package table, in repositories and in the requirements of other " +
    "packages. The build command does not insist on it: it writes an archive called `-1.0.0.opm` with an empty " +
    "`Name`, which no system installs.",
  bad: "<otrs_package><Version>1.0.0</Version></otrs_package>",
  good: "<otrs_package><Name>AcmeContracts</Name><Version>1.0.0</Version></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageBuild and RepositoryAdd",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) =>
    missingElement(
      spec,
      "Name",
      /^([\w-]+)\.sopm$/.exec(context.fileName ?? "")?.[1] ?? "AcmePackage",
      context,
    ),
};
