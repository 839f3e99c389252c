import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts(
  "setting-malformed",
  "setting-quotes",
  "setting-start",
  "setting-closed",
  "setting-cdata",
  "setting-swallowed",
  "setting-altered",
);

/** The framework reads the file and not all that is in it, mostly without a word. */
export const settingOverlooked: PackageRule = {
  ...aboutSettings,
  id: "setting-overlooked",
  severity: "error",
  message,

  check: (spec, context) => reportFaults(spec, context, message),
};
