import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { outvotedRequirements } from "../shared/outvoted-requirements.ts";

/** Both have to be satisfied, so the higher version is the one that counts. */
export const moduleRequiredDuplicate: PackageRule = {
  id: "module-required-duplicate",
  scope: "package",
  elements: ["ModuleRequired"],
  severity: "warning",
  message: "Raising only one of the two versions will change nothing, because {module} is required twice.",

  check: (spec) =>
    outvotedRequirements(spec, "ModuleRequired").map(({ element, subject, rival }) => ({
      span: element.text.span,
      arguments: { module: subject },
      related: [{ message: "This is the one that counts.", span: rival.text.span }],
      fixes: [removal(element)],
    })),
};
