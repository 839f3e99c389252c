import { moduleIn } from "../../perl/module-name.ts";
import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isModuleNowhere, listedLike } from "../shared/package-files.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const modulePattern = /^Kernel::(?!Config(?:::Files::|$)|Language::|Custom)\w+(?:::\w+)+$/;
const perlModule = /\.pm$/;

/** What the framework loads by the name in a setting is not there when it is needed. */
export const sysconfigModuleMissing: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-module-missing",
  severity: "error",
  message:
    "The setting {name} names a module that cannot be loaded: neither the package nor {framework} has {module}.",

  *check(spec, context) {
    const { knowledge } = context;
    const framework = knowledge.release;
    if (framework === undefined) return;
    yield* eachSetting(spec, context, function* ({ element: setting, name }) {
      for (const { element, key, attribute, isList } of settingItems(setting)) {
        if (isList || (key !== "Module" && attribute("ValueType") !== "PerlModule")) continue;
        const { value: module, span } = element.trimmedText;
        if (!modulePattern.test(module) || !isModuleNowhere(module, spec, context)) continue;
        const meant =
          listedLike(module, spec, perlModule, moduleIn) ?? closest(module, knowledge.moduleNames() ?? []);
        const fixes = meant === undefined ? [] : [replacement(span, meant)];
        yield { span, arguments: { name, module, framework }, fixes };
      }
    });
  },
};
