import type { ElementRule } from "../rule.ts";

/** It works, but nobody sees what it belongs to. */
export const mergeTypeOutside: ElementRule = {
  id: "merge-type-outside",
  scope: "element",
  elements: ["CodeUpgrade", "DatabaseUpgrade"],
  severity: "warning",
  summary: "Sections of phase merge stand in a PackageMerge",
  message:
    "This section runs for every package that is absorbed, as all merge sections do: it belongs into PackageMerge.",
  docs:
    'The installer collects all sections with `Type="merge"`, inside `PackageMerge` or not, and runs them once for ' +
    "every absorbed package that is older than its target. Readers and code policies expect them inside.",
  bad: '<CodeUpgrade Type="merge"><![CDATA[1;]]></CodeUpgrade>',
  good: '<PackageMerge Name="Survey" TargetVersion="2.0.0"><CodeUpgrade Type="merge"><![CDATA[1;]]></CodeUpgrade></PackageMerge>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse and _MergedPackages",

  check(section, { kind }, parentName) {
    // The framework's builder takes them out of PackageMerge.
    if (parentName === "PackageMerge" || kind === "archive") return undefined;
    const type = section.attribute("Type");
    const isMerge =
      section.name === "CodeUpgrade" ? type?.value.toLowerCase() === "merge" : type?.value === "merge";
    if (type && isMerge) return { span: type.valueSpan };
    return undefined;
  },
};
