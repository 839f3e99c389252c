import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** A test that a package switches off is to be replaced by one of its own. */
export const sysconfigUnittestBlacklist: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-unittest-blacklist",
  isOfAnyFramework: true,
  severity: "warning",
  policyPlugins: ["UnitTestBlacklist"],
  message:
    "The test “{test}” is switched off and nothing tests the same instead: the package has no “{file}”.",

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element: setting, name }) {
      const owner = /^UnitTest::Blacklist###\d+-(.+)$/.exec(name)?.[1];
      if (owner === undefined) return;
      for (const { element, isList } of settingItems(setting)) {
        const { value: test, span } = element.trimmedText;
        const [, folder, base] = /^((?:[\w.-]+\/)*)([\w.-]+\.t)$/.exec(test) ?? [];
        if (isList || folder === undefined) continue;
        const file = `scripts/test/${folder}${owner}${base}`;
        if (!fileList(spec).has(file)) yield { span, arguments: { test, file } };
      }
    }),
};
