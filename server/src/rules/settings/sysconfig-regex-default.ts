import { isFoundIn } from "../../text/linear-pattern.ts";
import type { PackageRule } from "../rule.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** The pattern is asked when somebody saves the setting, and not when it is read. */
export const sysconfigRegexDefault: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-regex-default",
  severity: "warning",
  message:
    "The setting {name} cannot be saved as it is delivered, because “{value}” does not match its ValueRegex.",

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element: setting, name }) {
      for (const { element, attribute, isList } of settingItems(setting)) {
        const pattern = attribute("ValueRegex");
        if (isList || !pattern || element.elements.length > 0) continue;
        const { value, span } = element.trimmedText;
        // An empty one is mostly meant to be filled in.
        if (value === "" || isFoundIn(pattern, value) !== false) continue;
        if (isFoundIn(pattern, element.text.value) === true) continue;
        yield { span, arguments: { name, value } };
      }
    }),
};
