import type { PackageRule } from "../rule.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/**
 * Leads from the spec to what is wrong with a settings file. It has nothing to find by itself: what others have found
 * is told once more, see `file-pointers.ts`.
 */
export const settingsFileFindings: PackageRule = {
  ...aboutSettings,
  id: "settings-file-findings",
  isOfAnyFramework: true,
  severity: "information",
  message: {
    one: "The settings file has one error or warning.",
    many: "The settings file has {count} errors and warnings.",
  },

  check: () => [],
};
