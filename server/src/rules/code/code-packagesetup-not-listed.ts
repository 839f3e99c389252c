import { codeFamilies } from "../../model/package-spec.ts";
import { codeHolds, moduleMentions } from "../../symbols/code-section.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { foreignPackages } from "../shared/foreign-packages.ts";
import { additionOf, appendElements, fileEntries } from "../shared/new-files.ts";

/** The code calls what the archive does not hold. */
export const codePackagesetupNotListed: PackageRule = {
  id: "code-packagesetup-not-listed",
  scope: "package",
  elements: codeFamilies,
  severity: "error",
  summary: "Setup modules that code calls are packaged",
  message: "This code fails, because “{path}” is not in the file list.",
  docs:
    "The module is loaded from the framework's home, where the package's files have been written to. When it is not " +
    "packaged the code dies, which is logged, and the operation goes on without what the code should have done. " +
    "Modules of packages that are required or absorbed are left aside.",
  bad:
    '<otrs_package><Filelist><File Permission="660" Location="Kernel/System/Acme.pm"/></Filelist>' +
    "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('var::packagesetup::Acme')->Run();]]></CodeInstall></otrs_package>",
  good:
    '<otrs_package><Filelist><File Permission="660" Location="var/packagesetup/Acme.pm"/></Filelist>' +
    "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('var::packagesetup::Acme')->Run();]]></CodeInstall></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, _Code",

  *check(spec, context) {
    const filelist = spec.last("Filelist");
    // Without any file the list may be made by a build.
    if (!filelist || fileList(spec).isEmpty) return;
    for (const section of spec.sections(codeFamilies)) {
      if (!codeHolds(section, /packagesetup/)) continue;
      const mentions = moduleMentions(section, context.packageName).filter(({ path }) =>
        path.startsWith("var/packagesetup/"),
      );
      for (const { module, path, span } of mentions) {
        if (fileList(spec).has(path) || foreignPackages(spec).has(module.split("::").at(-1)!)) continue;
        const edit = appendElements(filelist, fileEntries([path], filelist));
        yield {
          span,
          arguments: { path },
          fixes: edit ? [additionOf([path], edit)] : [],
        };
      }
    }
  },
};
