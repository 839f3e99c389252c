import type { ComparisonRule } from "../rule.ts";

/** What no system may have is offered to nobody. */
export const indexFrameworkMissing: ComparisonRule = {
  id: "index-framework-missing",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    missing:
      "“{package}” is offered to no system, because this entry has no Framework. Write the index anew with “sopm index”.",
    unknown: "“{package}” is offered to no release that is known, because its frameworks are {frameworks}.",
  },
};
