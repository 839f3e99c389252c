import type { PackageRule } from "../rule.ts";
import { hasMisspelt, isCutShort, severityOfAbsence } from "../shared/missing-element.ts";
import { isRootName } from "../shared/root-child.ts";

/** The builder insists on a description. */
export const descriptionMissing: PackageRule = {
  id: "description-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    spec: "The framework refuses to build this package, because it has no Description.",
    archive: "Lists of packages do not say what this package does, because it has no Description.",
  },
  policyPlugins: ["RequiredElements"],

  *check(spec, context) {
    if (spec.last("Description")) return;
    const { root } = spec;
    if (!root || !isRootName(root.name) || isCutShort(spec)) return;
    if (hasMisspelt(spec, "Description", context)) return;
    const at = root.contentSpan.start;
    const newText = '\n    <Description Lang="en">What the package does.</Description>';
    yield {
      span: root.nameSpan,
      variant: context.kind,
      ...(context.kind === "archive" ? { severity: "warning" as const } : severityOfAbsence(spec)),
      fixes:
        root.closing === "empty"
          ? []
          : [
              {
                title: "Insert <{name}>",
                arguments: { name: "Description" },
                edits: [{ span: { start: at, end: at }, newText }],
                asks: true,
              },
            ],
    };
  },
};
