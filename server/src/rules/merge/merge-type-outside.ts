import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { movingInto } from "../shared/move-fix.ts";

/** It works, but nobody sees what it belongs to. */
export const mergeTypeOutside: PackageRule = {
  id: "merge-type-outside",
  scope: "package",
  elements: ["CodeUpgrade", "DatabaseUpgrade"],
  severity: "warning",
  message:
    "This section runs for every package that is absorbed, as all merge sections do: it belongs into PackageMerge.",

  *check(spec, { kind }) {
    // The framework's builder takes them out of PackageMerge.
    if (kind === "archive") return;
    for (const section of [...spec.all("CodeUpgrade"), ...spec.all("DatabaseUpgrade")]) {
      if (section.parent?.name === "PackageMerge") continue;
      const type = section.attribute("Type");
      const isMerge =
        section.name === "CodeUpgrade" ? type?.value.toLowerCase() === "merge" : type?.value === "merge";
      if (type && isMerge) yield { span: type.valueSpan, fixes: moving(spec, section) };
    }
  },
};

/** Which of several packages a section is for, its author knows. */
function moving(spec: PackageSpec, section: Element): readonly Fix[] {
  const [merge, another] = spec.all("PackageMerge");
  if (!merge || another || section.closing !== "end-tag") return [];
  const edits = movingInto(spec, section, merge);
  if (edits.length === 0) return [];
  return [
    { title: "Move <{name}> into <{outer}>", arguments: { name: section.name, outer: merge.name }, edits },
  ];
}
