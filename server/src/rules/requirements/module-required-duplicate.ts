import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { outvotedRequirements } from "../shared/outvoted-requirements.ts";

/** Both have to be satisfied, so the higher version is the one that counts. */
export const moduleRequiredDuplicate: PackageRule = {
  id: "module-required-duplicate",
  scope: "package",
  elements: ["ModuleRequired"],
  severity: "warning",
  summary: "No Perl module is required twice",
  message: "Raising only one of the two versions will change nothing, because {module} is required twice.",
  docs:
    "Every `ModuleRequired` has to be satisfied, so of two for one module the one with the higher version decides. " +
    "Keep that one.",
  bad: '<otrs_package><ModuleRequired Version="1.00">Archive::Zip</ModuleRequired><ModuleRequired Version="1.08">Archive::Zip</ModuleRequired></otrs_package>',
  good: '<otrs_package><ModuleRequired Version="1.08">Archive::Zip</ModuleRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckModuleRequired",

  check: (spec) =>
    outvotedRequirements(spec, "ModuleRequired").map(({ element, subject }) => ({
      span: element.text.span,
      arguments: { module: subject },
      fixes: [removal(spec, element)],
    })),
};
