import type { PackageRule } from "../rule.ts";

/** What all rules about settings files have in common. */
export const aboutSettings = {
  scope: "package",
  elements: ["Filelist"],
  where: "settingsInDatabase",
} as const satisfies Partial<PackageRule>;
