import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Merging removes what the requirement asks for. */
export const packageRequiredMerged: PackageRule = {
  id: "package-required-merged",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "error",
  message: "The next upgrade is refused, because {name} is required and PackageMerge has removed it by then.",

  *check(spec) {
    const merged = new Map(spec.all("PackageMerge").map((element) => [element.value("Name"), element]));
    if (merged.size === 0) return;
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      const merge = merged.get(name);
      if (!merge) continue;
      yield {
        span: element.text.span,
        arguments: { name },
        related: [{ message: "It is absorbed here.", span: merge.startTagSpan }],
        fixes: [removal(element)],
      };
    }
  },
};
