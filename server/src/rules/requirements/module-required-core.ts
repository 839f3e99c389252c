import { coreModules } from "../../perl/core-modules.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** What comes with every Perl need not be asked for. */
export const moduleRequiredCore: PackageRule = {
  id: "module-required-core",
  scope: "package",
  elements: ["ModuleRequired"],
  severity: "hint",
  message: "Asking for {module} changes nothing, because it comes with every Perl.",

  *check(spec) {
    for (const element of rootChildren(spec, "ModuleRequired")) {
      const module = element.text.value.trim();
      if (element.value("Version") || !coreModules.has(module)) continue;
      yield { span: element.text.span, arguments: { module }, fixes: [removal(element)] };
    }
  },
};
