import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** The text of a checkbox is stored as it is, and for Perl every text but 0 is true. */
export const sysconfigCheckbox: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-checkbox",
  severity: "warning",
  message:
    "The setting {name} gets the text “{value}”, which code takes for true, because a Checkbox stores what is written. Write 1 or 0.",

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element: setting, name }) {
      for (const { element, attribute, isList } of settingItems(setting)) {
        if (isList || attribute("ValueType") !== "Checkbox" || element.elements.length > 0) continue;
        const { value, span } = element.trimmedText;
        if (["", "0", "1"].includes(value)) continue;
        const isOff = /^(?:no|off|false|n|disabled|nein)$/i.test(value);
        yield { span, arguments: { name, value }, fixes: [replacement(span, isOff ? "0" : "1")] };
      }
    }),
};
