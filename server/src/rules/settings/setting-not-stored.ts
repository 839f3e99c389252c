import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("column-long");

/** The database refuses a setting with a text that is too long for it, and with it all that are new. */
export const settingNotStored: PackageRule = {
  ...aboutSettings,
  id: "setting-not-stored",
  severity: "error",
  message,

  check: (spec, context) => reportFaults(spec, context, message),
};
