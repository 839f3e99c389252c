import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { outvotedRequirements } from "../shared/outvoted-requirements.ts";

/** Both have to be satisfied, so the higher version is the one that counts. */
export const packageRequiredDuplicate: PackageRule = {
  id: "package-required-duplicate",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "warning",
  message: "Raising only one of the two versions will change nothing, because {name} is required twice.",

  check: (spec) =>
    outvotedRequirements(spec, "PackageRequired").map(({ element, subject, rival }) => ({
      span: element.text.span,
      arguments: { name: subject },
      related: [{ message: "This is the one that counts.", span: rival.text.span }],
      fixes: [removal(element)],
    })),
};
