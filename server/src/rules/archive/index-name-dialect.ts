import type { ComparisonRule } from "../rule.ts";

/** A system asks for an index by the name that its product has for it. */
export const indexNameDialect: ComparisonRule = {
  id: "index-name-dialect",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    "never-asked":
      "No package of this index is ever offered, because only systems with {asking} ask for “{file}”, and all entries are for {products}. Call the file “{wanted}”.",
    root: "The root element does not fit the name of the file: <{root}> stands where “{file}” usually has <{wanted}>. Clients read it all the same.",
  },
};
