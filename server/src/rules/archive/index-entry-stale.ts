import type { ComparisonRule } from "../rule.ts";

/** Clients decide by the entry what they download, and by the archive what they install. */
export const indexEntryStale: ComparisonRule = {
  id: "index-entry-stale",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    differs:
      "What clients are told of “{package}” is not what “{file}” says. These elements differ: {elements}. Write the index anew with “sopm index”.",
    "other-package":
      "Clients get another package than “{package}”, because “{file}” holds {found}. Write the index anew with “sopm index”.",
    incomplete:
      "Clients cannot use this entry, because it has no {element}. Write the index anew with “sopm index”.",
  },
};
