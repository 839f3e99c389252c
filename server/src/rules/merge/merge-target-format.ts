import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Equal is only what is written alike. */
export const mergeTargetFormat: ElementRule = {
  id: "merge-target-format",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "warning",
  summary: "A TargetVersion has three groups",
  message:
    "The installation is refused where the package to absorb has this version in another form, because “{target}” is not of the form N.N.N.",
  docs:
    "The installer first compares `TargetVersion` with the installed version as texts. Where they differ the installed " +
    "one has to be lower; the same version written otherwise, as `2.0` and `2.0.0`, counts as newer than the target, and " +
    "the operation is refused, also when forced. Write the version exactly as the absorbed package has it, which " +
    "normally is three groups.",
  bad: '<PackageMerge Name="Survey" TargetVersion="2.0"/>',
  good: '<PackageMerge Name="Survey" TargetVersion="2.0.0"/>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages",

  check(merge) {
    const target = merge.attribute("TargetVersion");
    if (!target?.value.trim() || /^\d+\.\d+\.\d+$/.test(target.value)) return undefined;
    const short = /^\s*(\d+(?:\.\d+)?)\s*$/.exec(target.value)?.[1];
    const full = short === undefined ? undefined : short.includes(".") ? `${short}.0` : `${short}.0.0`;
    return {
      span: target.valueSpan,
      arguments: { target: target.value },
      fixes: full === undefined ? [] : [replacement(target.valueSpan, full)],
    };
  },
};
