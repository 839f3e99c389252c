import type { PackageRule } from "../rule.ts";
import { migrationOf } from "../shared/migrated-settings.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("old-item");

/** The framework passes over settings in the form of OTRS 5 and older. */
export const sysconfigLegacyItem: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-legacy-item",
  severity: "error",
  message,

  check: (spec, context) =>
    reportFaults(spec, context, message, ({ span }, { tree }) => {
      const item = [...tree.elements()].find(({ nameSpan }) => nameSpan.start === span.start);
      const fix = item && migrationOf(item, tree.source);
      return fix ? [fix] : [];
    }),
};
