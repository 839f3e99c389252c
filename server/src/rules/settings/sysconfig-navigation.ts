import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { conventionFor } from "../shared/navigation-conventions.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** Administrators look for a setting where all of its kind are. */
export const sysconfigNavigation: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-navigation",
  isOfAnyFramework: true,
  severity: "warning",
  policyPlugins: ["Navigation"],
  message: {
    kind: "The setting {name} does not stand with others of its kind, which belong below {group}.",
    any: "The setting {name} stands below none of the groups that settings belong to: {groups}.",
  },

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element, name, span }) {
      const navigation = element.child("Navigation");
      const { value = "", span: place = span } = navigation?.trimmedText ?? {};
      const rule = conventionFor(name, value);
      if (!rule || rule.wanted.test(value)) return;
      const fixes = rule.write === undefined || !navigation ? [] : [replacement(place, rule.write)];
      const shown = value === "" ? (navigation?.nameSpan ?? span) : place;
      const { group } = rule;
      const said =
        typeof group === "string"
          ? { variant: "kind", arguments: { name, group } }
          : { variant: "any", arguments: { name, groups: group.join(", ") } };
      yield { span: shown, ...said, fixes };
    }),
};
