import type { Fix, PackageRule } from "../rule.ts";
import { movingOut } from "../shared/move-fix.ts";

/** The parser does not see that they stand inside. */
export const mergeChildInvalid: PackageRule = {
  id: "merge-child-invalid",
  scope: "package",
  elements: ["PackageMerge"],
  severity: "error",
  message: "This {element} is read as if it stood in the root: it does not belong to the merge.",
  policyPlugins: ["XSD"],

  *check(spec, { schema }) {
    for (const merge of spec.all("PackageMerge")) {
      for (const child of merge.elements) {
        if (child.name === "CodeUpgrade" || child.name === "DatabaseUpgrade") continue;
        // Names that nobody knows are no business of this rule.
        if (!schema.allows(schema.root.name, child.name)) continue;
        const isWhole = merge.closing === "end-tag" && child.closing !== "missing";
        const fix: Fix = {
          title: "Move <{name}> out of <{outer}>",
          arguments: { name: child.name, outer: merge.name },
          edits: movingOut(spec, child, merge),
        };
        yield { span: child.nameSpan, arguments: { element: child.name }, fixes: isWhole ? [fix] : [] };
      }
    }
  },
};
