import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** A flag that no framework ever asked for. */
export const packageBuildableIneffective: PackageRule = {
  id: "package-buildable-ineffective",
  scope: "package",
  elements: ["PackageIsBuildable"],
  severity: "information",
  summary: "PackageIsBuildable has no effect",
  message: "PackageIsBuildable changes nothing, because no framework reads it and the builder drops it.",
  docs:
    "Some tools know the element, no framework does. To keep a package from being built set `PackageIsDownloadable` " +
    "to `0`.",
  bad: "<otrs_package><PackageIsBuildable>0</PackageIsBuildable></otrs_package>",
  good: "<otrs_package><PackageIsDownloadable>0</PackageIsDownloadable></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageParse and PackageBuild",

  *check(spec) {
    for (const element of rootChildren(spec, "PackageIsBuildable")) {
      yield { span: element.nameSpan, fixes: [removal(spec, element)], unnecessary: true };
    }
  },
};
