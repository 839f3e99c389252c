import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Empty elements are skipped, but a package that has nothing else fits nowhere. */
export const osEmpty: PackageRule = {
  id: "os-empty",
  scope: "package",
  elements: ["OS"],
  severity: "warning",
  summary: "An OS element names an operating system",
  message: {
    some: "This OS element does nothing, because it is empty.",
    all: "No system installs this package, because all its OS elements are empty.",
  },
  docs:
    "An empty `OS` is skipped. But as soon as there is an `OS` element, one of them has to fit the system; when all " +
    "are empty, none does, and the package is refused everywhere. Remove the element to allow every system.",
  bad: "<otrs_package><OS></OS></otrs_package>",
  good: "<otrs_package><OS>linux</OS></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, _OSCheck",

  *check(spec) {
    const all = rootChildren(spec, "OS");
    const empty = all.filter(({ text }) => text.value === "" || text.value === "0");
    const isNone = empty.length === all.length;
    for (const element of empty) {
      yield {
        span: element.nameSpan,
        variant: isNone ? "all" : "some",
        severity: isNone ? "error" : "warning",
        fixes: [removal(spec, element)],
      };
    }
  },
};
