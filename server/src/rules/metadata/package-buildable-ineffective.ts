import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** A flag that no framework ever asked for. */
export const packageBuildableIneffective: PackageRule = {
  id: "package-buildable-ineffective",
  scope: "package",
  elements: ["PackageIsBuildable"],
  severity: "information",
  message: "PackageIsBuildable changes nothing, because no framework reads it and the builder drops it.",

  *check(spec) {
    for (const element of rootChildren(spec, "PackageIsBuildable")) {
      yield { span: element.nameSpan, fixes: [removal(element)], unnecessary: true };
    }
  },
};
