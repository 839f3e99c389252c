import type { ElementRule } from "../rule.ts";

/** The comparison needs two versions. */
export const mergeTargetMissing: ElementRule = {
  id: "merge-target-missing",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  summary: "A PackageMerge has a TargetVersion",
  message:
    "The installation is refused where the package to absorb is installed, because TargetVersion is missing.",
  docs:
    "The installer compares the installed version of the absorbed package with `TargetVersion`, the last version of it " +
    "that its author knows. Without one the comparison fails and the whole operation with it, also when forced.",
  bad: '<PackageMerge Name="Survey"/>',
  good: '<PackageMerge Name="Survey" TargetVersion="2.0.0"/>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages and _CheckVersion",
  policyPlugins: ["XSD"],

  check(merge) {
    const target = merge.attribute("TargetVersion");
    if (!target?.value.trim()) return { span: target ? target.span : merge.nameSpan };
    return undefined;
  },
};
