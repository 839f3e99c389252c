import type { ElementRule } from "../rule.ts";

/** Nothing to look for. */
export const mergeNameMissing: ElementRule = {
  id: "merge-name-missing",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  summary: "A PackageMerge names the package to absorb",
  message: "No package is absorbed, because this PackageMerge has no Name.",
  docs:
    "The installer looks for an installed package of exactly this name, absorbs it and removes it from the package " +
    "table. Without `Name` there is none. The sections inside are still read as if they stood in the root.",
  bad: '<PackageMerge TargetVersion="2.0.0"/>',
  good: '<PackageMerge Name="Survey" TargetVersion="2.0.0"/>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages; OPM::Validate",
  policyPlugins: ["XSD"],

  check(merge) {
    const name = merge.attribute("Name");
    if (!name?.value.trim()) return { span: name ? name.span : merge.nameSpan };
    return undefined;
  },
};
