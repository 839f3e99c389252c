import type { ElementRule } from "../rule.ts";

/** It works, but nobody sees what it belongs to. */
export const mergeTypeOutside: ElementRule = {
  id: "merge-type-outside",
  scope: "element",
  elements: ["CodeUpgrade", "DatabaseUpgrade"],
  severity: "warning",
  message:
    "This section runs for every package that is absorbed, as all merge sections do: it belongs into PackageMerge.",

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
