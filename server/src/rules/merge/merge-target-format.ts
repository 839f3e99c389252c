import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Equal is only what is written alike. */
export const mergeTargetFormat: ElementRule = {
  id: "merge-target-format",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "warning",
  message:
    "The installation is refused where the package to absorb has this version in another form, because “{target}” is not of the form N.N.N.",

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
