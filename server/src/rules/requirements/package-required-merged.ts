import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Merging removes what the requirement asks for. */
export const packageRequiredMerged: PackageRule = {
  id: "package-required-merged",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "error",
  summary: "A package does not require what it absorbs",
  message: "The next upgrade is refused, because {name} is required and PackageMerge has removed it by then.",
  docs:
    "Requirements are checked before merging, so the first installation may pass. Merging then removes the other " +
    "package, and from the next upgrade on the requirement cannot be satisfied any more. Remove it.",
  bad: '<otrs_package><PackageRequired Version="1.0.0">AcmeLending</PackageRequired><PackageMerge Name="AcmeLending" TargetVersion="1.9.0"/></otrs_package>',
  good: '<otrs_package><PackageMerge Name="AcmeLending" TargetVersion="1.9.0"/></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckPackageRequired and _MergedPackages",

  *check(spec) {
    const merged = new Set(spec.all("PackageMerge").map((element) => element.value("Name")));
    if (merged.size === 0) return;
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      if (!merged.has(name)) continue;
      yield { span: element.text.span, arguments: { name }, fixes: [removal(spec, element)] };
    }
  },
};
