import type { ElementRule } from "../rule.ts";

/** The comparison needs two versions. */
export const mergeTargetMissing: ElementRule = {
  id: "merge-target-missing",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  message:
    "The installation is refused where the package to absorb is installed, because TargetVersion is missing.",
  policyPlugins: ["XSD"],

  check(merge) {
    const target = merge.attribute("TargetVersion");
    if (!target?.value.trim()) return { span: target ? target.span : merge.nameSpan };
    return undefined;
  },
};
