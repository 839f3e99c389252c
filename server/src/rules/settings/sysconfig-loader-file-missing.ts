import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { replacement } from "../shared/fixes.ts";
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
      if (!/^Loader::(?:Module::|(?:Agent|Customer)::\w*(?:JS|CSS)###)/.test(name)) return;
      for (const { element, keys, isList } of settingItems(setting)) {
        if (isList) continue;
        const { value: file, span } = element.trimmedText;
        const kind = kindOf(name, keys);
        if (!kind || !/^[\w./-]+$/.test(file) || mayBeOfOthers(file, spec, context)) continue;
        if (!kind.ending.test(file) || isThere(file, kind, spec, context)) continue;
        const meant = closest(file, namesListed(kind, spec));
        const fixes = meant === undefined ? [] : [replacement(span, meant)];
        yield { span, arguments: { name, file, framework, folder: kind.folder }, fixes };
      }
    });
  },
};

interface LoaderKind {
  readonly ending: RegExp;
  /** What is told of where they are. */
  readonly folder: string;
  /** Listed files of the kind, with the name that the loader has for each. */
  readonly listed: RegExp;
  readonly places: readonly string[];
}

const scripts: LoaderKind = {
  ending: /\.js$/,
  folder: "var/httpd/htdocs/js",
  listed: /^(?:Custom\/)?var\/httpd\/htdocs\/js\/(.+\.js)$/,
  places: ["var/httpd/htdocs/js/"],
};

const styles: LoaderKind = {
  ending: /\.css$/,
  folder: "var/httpd/htdocs/skins",
  listed: /^(?:Custom\/)?var\/httpd\/htdocs\/skins\/\w+\/[^/]+\/css\/(.+\.css)$/,
  places: ["var/httpd/htdocs/skins/Agent/default/css/", "var/httpd/htdocs/skins/Customer/default/css/"],
};

function kindOf(name: string, keys: readonly string[]): LoaderKind | undefined {
  const part = name.startsWith("Loader::Module::") ? (keys[0] ?? "") : name;
  if (part.includes("JavaScript") || /JS###/.test(part)) return scripts;
  return part.includes("CSS") ? styles : undefined;
}

function isThere(file: string, kind: LoaderKind, spec: PackageSpec, context: RuleContext): boolean {
  if (namesListed(kind, spec).includes(file)) return true;
  return kind.places.some((place) => !isFileNowhere(place + file, spec, context));
}

/** The listed files of a kind, as the loader calls them. */
function namesListed({ listed }: LoaderKind, spec: PackageSpec): readonly string[] {
  return fileList(spec)
    .matching(listed)
    .map(({ path }) => listed.exec(path)![1]!);
}
