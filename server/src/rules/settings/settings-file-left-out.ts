import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("file-malformed", "file-entities");

/** The framework drops the whole file, with a line in its log, and the operation goes on and succeeds. */
export const settingsFileLeftOut: PackageRule = {
  ...aboutSettings,
  id: "settings-file-left-out",
  where: "settingsParsed",
  severity: "error",
  message,

  check: (spec, context) => reportFaults(spec, context, message),
};
