import type { ElementRule } from "../rule.ts";

/** The parser does not see that they stand inside. */
export const mergeChildInvalid: ElementRule = {
  id: "merge-child-invalid",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  message: "This {element} is read as if it stood in the root: it does not belong to the merge.",
  policyPlugins: ["XSD"],

  *check(merge, { schema }) {
    for (const child of merge.elements) {
      if (child.name === "CodeUpgrade" || child.name === "DatabaseUpgrade") continue;
      // Names that nobody knows are no business of this rule.
      if (!schema.allows(schema.root.name, child.name)) continue;
      yield { span: child.nameSpan, arguments: { element: child.name } };
    }
  },
};
