import type { ElementRule } from "../rule.ts";

/** The parser does not see that they stand inside. */
export const mergeChildInvalid: ElementRule = {
  id: "merge-child-invalid",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  summary: "A PackageMerge holds upgrade sections alone",
  message: "This {element} is read as if it stood in the root: it does not belong to the merge.",
  docs:
    "The package parser finds elements by name, wherever they stand. Only `CodeUpgrade` and `DatabaseUpgrade` sections " +
    "of phase `merge` have to do with absorbing a package; everything else counts for the package as a whole, and a " +
    "`Name` or `Version` overwrites that of the package. Move it to the root.",
  bad: '<PackageMerge Name="Survey" TargetVersion="2.0.0"><CodeInstall Type="post"><![CDATA[1;]]></CodeInstall></PackageMerge>',
  good: '<PackageMerge Name="Survey" TargetVersion="2.0.0"><CodeUpgrade Type="merge"><![CDATA[1;]]></CodeUpgrade></PackageMerge>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse",
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
