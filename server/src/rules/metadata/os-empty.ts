import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Empty elements are skipped, but a package that has nothing else fits nowhere. */
export const osEmpty: PackageRule = {
  id: "os-empty",
  scope: "package",
  elements: ["OS"],
  severity: "warning",
  message: {
    some: "This OS element does nothing, because it is empty.",
    all: "No system installs this package, because all its OS elements are empty.",
  },

  *check(spec) {
    const all = rootChildren(spec, "OS");
    const empty = all.filter(({ text }) => text.value === "" || text.value === "0");
    const isNone = empty.length === all.length;
    for (const element of empty) {
      yield {
        span: element.nameSpan,
        variant: isNone ? "all" : "some",
        severity: isNone ? "error" : "warning",
        fixes: [removal(element)],
      };
    }
  },
};
