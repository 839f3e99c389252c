import type { PackageRule } from "../rule.ts";
import { settingItems } from "../shared/setting-items.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** Queues, types and the like are data: a system may have renamed what it was delivered with, or switched it off. */
export const settingEntityDefault: PackageRule = {
  ...aboutSettings,
  id: "setting-entity-default",
  severity: "warning",
  message:
    "The setting {name} may name nothing after the installation: “{value}” has to be a {type} of the system, and nothing checks that.",

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element: setting, name }) {
      for (const { element, attribute, isList } of settingItems(setting)) {
        const { value, span } = element.trimmedText;
        if (isList || attribute("ValueType") !== "Entity" || value === "") continue;
        yield { span, arguments: { name, value, type: attribute("ValueEntityType") ?? "?" } };
      }
    }),
};
