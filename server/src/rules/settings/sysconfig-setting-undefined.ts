import { perlFile } from "../../perl/perl-file.ts";
import { fileList } from "../../symbols/file-list.ts";
import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { mayBeOfOthers } from "../shared/package-files.ts";
import { perlFiles } from "../shared/perl-files.ts";
import { familyOf, isFrameworkFamily } from "../shared/setting-names.ts";
import { settingsFilesIn, settingsIn } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const configurationCode = /^(?:Custom\/)?Kernel\/Config(?:\.pm|\/.*\.pm)$/;
const test = /^(?:Custom\/)?scripts\/|\.t$/;

/** Code that reads a setting which is nowhere gets nothing. */
export const sysconfigSettingUndefined: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-setting-undefined",
  severity: "warning",
  message:
    "The setting {name} is read here and has no value, because no settings file of the package defines it. Only the Kernel/Config.pm of a system may give it one.",

  *check(spec, context) {
    if (context.kind === "archive" || fileList(spec).matching(configurationCode).length > 0) return;
    const files = [...settingsIn(spec, context)];
    // A file that is not understood, or not known yet, may define anything.
    if (files.length === 0 || files.length !== [...settingsFilesIn(spec, context)].length) return;
    if (files.length !== fileList(spec).matching(settingsFile).length) return;
    const own = new Set(files.flatMap(({ settings }) => settings.map(({ name }) => name.split("###")[0]!)));
    const families = new Set(
      [...own].map(familyOf).filter((family) => isFrameworkFamily(family, context) === false),
    );
    if (families.size === 0) return;
    const code = [...perlFiles(spec, context)];
    const made = new Set(code.flatMap(({ text }) => perlFile(text).settingsMade));
    for (const file of code) {
      if (test.test(file.path)) continue;
      for (const { name, index } of perlFile(file.text).settingReads) {
        if (own.has(name) || made.has(name) || !families.has(familyOf(name))) continue;
        if (mayBeOfOthers(name, spec, context)) continue;
        const span = { start: index, end: index + name.length };
        const meant = closest(name, own);
        yield {
          file,
          span,
          arguments: { name },
          fixes: meant === undefined ? [] : [replacement(span, meant)],
        };
      }
      yield undefined;
    }
  },
};

const settingsFile = /^(?:Custom\/)?Kernel\/Config\/Files\/.*\.xml$/i;
