import { compareStrictly } from "../../model/version.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Both have to be satisfied, so the higher version is the one that counts. */
export const packageRequiredDuplicate: PackageRule = {
  id: "package-required-duplicate",
  scope: "package",
  severity: "warning",
  summary: "No package is required twice",
  message: "Raising only one of the two versions will change nothing, because {name} is required twice.",
  docs:
    "Every `PackageRequired` has to be satisfied, so of two for one package the one with the higher version decides. " +
    "Keep that one.",
  bad: '<otrs_package><PackageRequired Version="6.0.1">FAQ</PackageRequired><PackageRequired Version="6.4.0">FAQ</PackageRequired></otrs_package>',
  good: '<otrs_package><PackageRequired Version="6.4.0">FAQ</PackageRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckPackageRequired",

  *check(spec) {
    const all = rootChildren(spec, "PackageRequired");
    if (all.length < 2) return;
    for (const [index, element] of all.entries()) {
      const name = element.text.value.trim();
      if (name === "") continue;
      const version = element.value("Version") ?? "";
      const isBeaten = all.some((other, otherIndex) => {
        if (other === element || other.text.value.trim() !== name) return false;
        const order = compareStrictly(other.value("Version") ?? "", version);
        return order > 0 || (order === 0 && otherIndex < index);
      });
      if (!isBeaten) continue;
      yield {
        span: element.text.span,
        arguments: { name },
        fixes: [removal(spec, element)],
      };
    }
  },
};
