import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { outvotedRequirements } from "../shared/outvoted-requirements.ts";

/** Both have to be satisfied, so the higher version is the one that counts. */
export const packageRequiredDuplicate: PackageRule = {
  id: "package-required-duplicate",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "warning",
  summary: "No package is required twice",
  message: "Raising only one of the two versions will change nothing, because {name} is required twice.",
  docs:
    "Every `PackageRequired` has to be satisfied, so of two for one package the one with the higher version decides. " +
    "Keep that one.",
  bad: '<otrs_package><PackageRequired Version="6.0.1">FAQ</PackageRequired><PackageRequired Version="6.4.0">FAQ</PackageRequired></otrs_package>',
  good: '<otrs_package><PackageRequired Version="6.4.0">FAQ</PackageRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckPackageRequired",

  check: (spec) =>
    outvotedRequirements(spec, "PackageRequired").map(({ element, subject }) => ({
      span: element.text.span,
      arguments: { name: subject },
      fixes: [removal(spec, element)],
    })),
};
