import type { ComparisonRule } from "../rule.ts";

/** What is installed is the archive, whatever has been changed since. */
export const opmStale: ComparisonRule = {
  id: "opm-stale",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    file: "“{location}” is installed as the archive has it, which is not what the file on the disk holds. Build the archive anew with “sopm build”.",
    "file-missing":
      "“{location}” is not installed, because the archive does not have it, though the spec lists it. Build the archive anew with “sopm build”.",
    "file-left":
      "“{location}” is still installed, because the archive has it, though the spec does not list it any more. Build the archive anew with “sopm build”.",
    "file-attributes":
      "“{location}” is installed as it was listed before: its attributes differ from those in the spec. Build the archive anew with “sopm build”.",
    element:
      "{element} is taken as it was before, because it differs from what the spec says. Build the archive anew with “sopm build”.",
  },
};
