import type { ComparisonRule } from "../rule.ts";

/** Of two entries with one version the first one stays. */
export const indexDuplicate: ComparisonRule = {
  id: "index-duplicate",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    again:
      "This entry is passed over, because “{package}” is listed before. Remove one of the two archives, and write the index anew with “sopm index”.",
  },
};
