import { codeFamilies } from "../../model/package-spec.ts";
import { codeHolds, moduleMentions } from "../../symbols/code-section.ts";
import type { PackageRule } from "../rule.ts";
import { foreignPackages } from "../shared/foreign-packages.ts";

/** A custom that keeps packages from overwriting each other's setup. */
export const codePackagesetupName: PackageRule = {
  id: "code-packagesetup-name",
  scope: "package",
  elements: codeFamilies,
  severity: "hint",
  message: "Two packages may clash over “{path}”, because it is not named after the package “{name}”.",

  *check(spec, { packageName }) {
    if (packageName === undefined) return;
    for (const section of spec.sections(codeFamilies)) {
      if (!codeHolds(section, /packagesetup/)) continue;
      for (const { module, path, span } of moduleMentions(section, packageName)) {
        const setup: string | undefined = /^var::packagesetup::(\w+)$/.exec(module)?.[1];
        // A package's name may hold signs that a module's name cannot.
        if (!setup || setup === packageName.replace(/\W/g, "") || setup.startsWith(packageName)) continue;
        if (!foreignPackages(spec).has(setup)) yield { span, arguments: { path, name: packageName } };
      }
    }
  },
};
