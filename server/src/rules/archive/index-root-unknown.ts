import type { ComparisonRule } from "../rule.ts";

/** A file that is called like an index, and lists no package. */
export const indexRootUnknown: ComparisonRule = {
  id: "index-root-unknown",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    "no-package":
      "Clients are offered nothing, because no <Package> is in this file. Its root element is <{root}>, and generators begin an index with <{wanted}>. Write the index anew with “sopm index”.",
  },
};
