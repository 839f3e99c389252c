import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** Modules count their versions as decimal numbers, the installer does not. */
export const moduleRequiredDecimal: ElementRule = {
  id: "module-required-decimal",
  scope: "element",
  elements: ["ModuleRequired"],
  severity: "information",
  summary: "The Version of a required Perl module has as many digits as the module's own",
  message:
    "The installer may refuse a newer {module} or take an older one, because it does not read {version} as a decimal number.",
  docs:
    "Most Perl modules number their releases like decimals: 2.179 is older than 2.2. The installer compares group by " +
    "group, as with packages, so 2.2 is lower than 2.179 to it. Write as many digits behind the dot as the module " +
    "does, such as 2.200. Nothing is said about two digits, which most modules have.",
  bad: '<otrs_package><ModuleRequired Version="2.2">Archive::Zip</ModuleRequired></otrs_package>',
  good: '<otrs_package><ModuleRequired Version="2.20">Archive::Zip</ModuleRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckModuleRequired and _CheckVersion",

  check(element, _context, parentName) {
    const version = element.attribute("Version");
    if (!isRootName(parentName) || !version) return undefined;
    const digits = /^\d+\.(\d+)$/.exec(version.value)?.[1];
    if (digits === undefined || digits.length === 2) return undefined;
    return {
      span: version.valueSpan,
      arguments: { module: element.text.value.trim(), version: version.value },
    };
  },
};
