import { codeFamilies } from "../../model/package-spec.ts";
import { moduleMentions, namesUnknownSetup } from "../../symbols/code-section.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

const setupModule = /^var\/packagesetup\/\w+\.pm$/;

/** Setup that nobody runs. */
export const codePackagesetupUnused: PackageRule = {
  id: "code-packagesetup-unused",
  scope: "package",
  elements: ["Filelist"],
  severity: "information",
  summary: "A packaged setup module is called",
  message: "“{path}” never runs, because no code section calls it.",
  docs:
    "Modules in `var/packagesetup/` do nothing by themselves: a `CodeInstall` or another code section has to call " +
    "them. When one setup module is called, the others are taken for its helpers.",
  bad: '<Filelist>\n    <File Permission="660" Location="var/packagesetup/Acme.pm"/>\n</Filelist>',
  good:
    '<otrs_package><Filelist><File Permission="660" Location="var/packagesetup/Acme.pm"/></Filelist>' +
    "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('var::packagesetup::Acme')->Run();]]></CodeInstall></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, _Code",

  *check(spec, { packageName }) {
    const setups = fileList(spec).matching(setupModule);
    if (setups.length === 0) return;
    const sections = spec.sections(codeFamilies);
    const calls = sections.some(
      (section) =>
        namesUnknownSetup(section, packageName) ||
        moduleMentions(section, packageName).some(({ path }) => setups.some((setup) => setup.path === path)),
    );
    if (calls) return;
    for (const setup of setups) {
      const { valueSpan } = fileElement(spec, setup).attribute("Location")!;
      yield { span: valueSpan, arguments: { path: setup.path } };
    }
  },
};
