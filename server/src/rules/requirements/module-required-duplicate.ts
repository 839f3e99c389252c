import { compareStrictly } from "../../model/version.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Both have to be satisfied, so the higher version is the one that counts. */
export const moduleRequiredDuplicate: PackageRule = {
  id: "module-required-duplicate",
  scope: "package",
  severity: "warning",
  summary: "No Perl module is required twice",
  message: "Raising only one of the two versions will change nothing, because {module} is required twice.",
  docs:
    "Every `ModuleRequired` has to be satisfied, so of two for one module the one with the higher version decides. " +
    "Keep that one.",
  bad: '<otrs_package><ModuleRequired Version="1.00">Archive::Zip</ModuleRequired><ModuleRequired Version="1.08">Archive::Zip</ModuleRequired></otrs_package>',
  good: '<otrs_package><ModuleRequired Version="1.08">Archive::Zip</ModuleRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckModuleRequired",

  *check(spec) {
    const all = rootChildren(spec, "ModuleRequired");
    if (all.length < 2) return;
    for (const [index, element] of all.entries()) {
      const module = element.text.value.trim();
      if (module === "") continue;
      const version = element.value("Version") ?? "";
      const isBeaten = all.some((other, otherIndex) => {
        if (other === element || other.text.value.trim() !== module) return false;
        const order = compareStrictly(other.value("Version") ?? "", version);
        return order > 0 || (order === 0 && otherIndex < index);
      });
      if (!isBeaten) continue;
      yield { span: element.text.span, arguments: { module }, fixes: [removal(spec, element)] };
    }
  },
};
