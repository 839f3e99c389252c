import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { replacement } from "../shared/fixes.ts";
import { isLoaderSetting, type LoaderKind, loadedName, loaderKind } from "../shared/loader-files.ts";
import { isFileNowhere, mayBeOfOthers } from "../shared/package-files.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** The loader passes over files that are not there, and the page is without them. */
export const sysconfigLoaderFileMissing: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-loader-file-missing",
  severity: "error",
  message:
    "The file “{file}” of the setting {name} is not loaded: neither the package nor {framework} has it below {folder}.",

  *check(spec, context) {
    const framework = context.knowledge.release;
    if (framework === undefined) return;
    yield* eachSetting(spec, context, function* ({ element: setting, name }) {
      if (!isLoaderSetting(name)) return;
      for (const { element, keys, isList } of settingItems(setting)) {
        if (isList) continue;
        const { value: file, span } = element.trimmedText;
        const kind = loaderKind(name, keys);
        if (!kind || !/^[\w./-]+$/.test(file) || mayBeOfOthers(file, spec, context)) continue;
        if (!kind.ending.test(file) || isThere(file, kind, spec, context)) continue;
        const meant = closest(file, namesListed(kind, spec));
        const fixes = meant === undefined ? [] : [replacement(span, meant)];
        yield { span, arguments: { name, file, framework, folder: kind.folder }, fixes };
      }
    });
  },
};

function isThere(file: string, kind: LoaderKind, spec: PackageSpec, context: RuleContext): boolean {
  if (namesListed(kind, spec).includes(file)) return true;
  return kind.places.some((place) => !isFileNowhere(place + file, spec, context));
}

/** The listed files of a kind, as the loader calls them. */
function namesListed(kind: LoaderKind, spec: PackageSpec): readonly string[] {
  return fileList(spec)
    .matching(kind.listed)
    .map(({ path }) => loadedName(path, kind)!);
}
