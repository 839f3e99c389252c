import { codeFamilies } from "../../model/package-spec.ts";
import { codeHolds, moduleMentions, surelyNeeded } from "../../symbols/code-section.ts";
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
  message: {
    fails: "This code fails, because “{path}” is not in the file list.",
    mayFail: "If this code loads “{path}”, it fails: the file is not in the file list.",
  },

  *check(spec, context) {
    const filelist = spec.last("Filelist");
    // Without any file the list may be made by a build.
    if (!filelist || fileList(spec).isEmpty) return;
    for (const section of spec.sections(codeFamilies)) {
      if (!codeHolds(section, /packagesetup/)) continue;
      const mentions = moduleMentions(section, context.packageName).filter(({ path }) =>
        path.startsWith("var/packagesetup/"),
      );
      const missing = mentions.filter(
        ({ module, path }) =>
          !fileList(spec).has(path) && !foreignPackages(spec).has(module.split("::").at(-1)!),
      );
      const names = new Set(missing.map(({ module }) => module));
      const needed = surelyNeeded(section, context.packageName, (module) => names.has(module));
      for (const { module, path, span } of missing) {
        const isSure = needed.has(module);
        const edit = appendElements(filelist, fileEntries([path], filelist));
        yield {
          span,
          variant: isSure ? "fails" : "mayFail",
          severity: isSure ? "error" : "warning",
          arguments: { path },
          fixes: edit ? [additionOf([path], edit)] : [],
        };
      }
    }
  },
};
