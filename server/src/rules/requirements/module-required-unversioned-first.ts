import { switchAcross } from "../../dialect/switches.ts";
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
  message: {
    loads:
      "{product} loads {module} and ends the check with success if it is there, because it is asked for without Version: {rest} may be missing.",
    finds:
      "{product} looks for {module} and ends the check with success if it is there, because it is asked for without Version: {rest} may be missing.",
  },

  *check(spec, { releases, product: { product } }) {
    const all = rootChildren(spec, "ModuleRequired");
    const index = all.findIndex(isWithoutVersion);
    if (index < 0 || index === all.length - 1) return;
    const element = all[index]!;
    const canSort = all.filter(isWithoutVersion).length === 1;
    yield {
      span: element.text.span,
      variant: switchAcross("loadsRequiredModules", releases) === "on" ? "loads" : "finds",
      arguments: { product, module: element.text.value.trim(), rest: listOf(all.slice(index + 1)) },
      fixes: canSort ? [movingToEnd(spec, all, index)] : [],
    };
  },
};

/** As many names as fit into a sentence. */
function listOf(elements: readonly Element[]): string {
  const names = elements.map(({ text }) => text.value.trim());
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} …` : names.join(", ");
}

/** A `0` is no version to Perl. */
function isWithoutVersion(element: Element): boolean {
  const version = element.value("Version");
  return version === undefined || version === "" || version === "0";
}

function movingToEnd({ tree }: PackageSpec, all: readonly Element[], index: number): Fix {
  const order = [...all.toSpliced(index, 1), all[index]!];
  return { title: "Ask for the module behind the others", edits: reordering(tree.source, all, order) };
}
