import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";

const message = faultTexts(
  "setting-malformed",
  "setting-quotes",
  "setting-start",
  "setting-closed",
  "setting-cdata",
  "setting-swallowed",
  "setting-altered",
  "setting-beaten",
  "old-item",
);

/** The framework reads the file and not all that is in it, mostly without a word. */
export const settingOverlooked: PackageRule = {
  id: "setting-overlooked",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message,
  where: "settingsInDatabase",

  check: (spec, context) => reportFaults(spec, context, message),
};
