import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("value-missing", "value-keyless", "value-unread", "value-several", "item-keyless");

/** The database refuses a setting without value, and with it all that are new. */
export const sysconfigValueStructure: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-value-structure",
  severity: "error",
  message,

  check: (spec, context) => reportFaults(spec, context, message),
};
