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
  summary: "The setup module is named like the package",
  message: "Two packages may clash over “{path}”, because it is not named after the package “{name}”.",
  docs:
    "All packages put their setup modules into `var/packagesetup/`. Named after the package, as `Acme.pm` for the " +
    "package `Acme`, they cannot clash, and the code can find the name by itself.",
  bad:
    "<otrs_package><Name>Acme</Name>" +
    "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('var::packagesetup::Setup')->Run();]]></CodeInstall></otrs_package>",
  good:
    "<otrs_package><Name>Acme</Name>" +
    "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('var::packagesetup::Acme')->Run();]]></CodeInstall></otrs_package>",
  source: "Customary in packages of OTRS, Znuny and OTOBO",
  profiles: ["strict"],

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
