import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** The framework stores what is selected, and complains in its log when it is no option. */
export const sysconfigSelectDefault: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-select-default",
  severity: "error",
  message:
    "The setting {name} has a value that cannot be chosen: “{value}” is none of its options. It is stored all the same, with an error in the log.",

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element: setting, name, span: place }) {
      for (const { element, attribute, items, isList } of settingItems(setting)) {
        if (isList || attribute("ValueType") !== "Select") continue;
        const selected = element.attribute("SelectedID");
        const value = selected?.value ?? "";
        const options = items.map((option) => option.value("Value") ?? "");
        if (options.includes(value)) continue;
        const span = selected?.valueSpan ?? element.nameSpan ?? place;
        const near = closest(value, options);
        const [only] = options.length === 1 ? options : [];
        const meant = near ?? only;
        const fixes = selected && meant !== undefined ? [replacement(selected.valueSpan, meant)] : [];
        yield { span, arguments: { name, value }, fixes };
      }
    }),
};
