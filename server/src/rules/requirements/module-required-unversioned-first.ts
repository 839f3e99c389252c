import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { reordering } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** An installed module that is asked for without version ends the check with success. */
export const moduleRequiredUnversionedFirst: PackageRule = {
  id: "module-required-unversioned-first",
  scope: "package",
  elements: ["ModuleRequired"],
  severity: "warning",
  message:
    "Modules listed after {module} are not checked, because the check ends at an installed module without Version.",

  *check(spec) {
    const all = rootChildren(spec, "ModuleRequired");
    const index = all.findIndex(isWithoutVersion);
    if (index < 0 || index === all.length - 1) return;
    const element = all[index]!;
    const canSort = all.filter(isWithoutVersion).length === 1;
    yield {
      span: element.text.span,
      arguments: { module: element.text.value.trim() },
      fixes: canSort ? [movingToEnd(spec, all, index)] : [],
    };
  },
};

/** A `0` is no version to Perl. */
function isWithoutVersion(element: Element): boolean {
  const version = element.value("Version");
  return version === undefined || version === "" || version === "0";
}

function movingToEnd({ tree }: PackageSpec, all: readonly Element[], index: number): Fix {
  const order = [...all.toSpliced(index, 1), all[index]!];
  return { title: "Move it to the end", edits: reordering(tree.source, all, order) };
}
