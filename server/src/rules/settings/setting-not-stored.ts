import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";

const message = faultTexts(
  "value-missing",
  "value-keyless",
  "value-type",
  "value-unread",
  "value-several",
  "item-type",
  "item-keyless",
  "column-long",
  "column-number",
);

/** The database refuses a setting without value, and with it all that are new. */
export const settingNotStored: PackageRule = {
  id: "setting-not-stored",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message,
  where: "settingsInDatabase",

  check: (spec, context) => reportFaults(spec, context, message),
};
