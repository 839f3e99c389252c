import type { ElementRule } from "../rule.ts";

/** Nothing to look for. */
export const mergeNameMissing: ElementRule = {
  id: "merge-name-missing",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  message: "No package is absorbed, because this PackageMerge has no Name.",
  policyPlugins: ["XSD"],

  check(merge) {
    const name = merge.attribute("Name");
    if (!name?.value.trim()) return { span: name ? name.span : merge.nameSpan };
    return undefined;
  },
};
