import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import { isElement } from "../../syntax/node.ts";
import type { Fix, PackageRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { addable, additionLimit, additionOf, listing, unlistedFiles } from "../shared/new-files.ts";
import { isRootName } from "../shared/root-child.ts";

/** A package may consist of database changes alone, but mostly the list was forgotten. */
export const filelistMissing: PackageRule = {
  id: "filelist-missing",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "information",
  message: "Installing the package writes no files, because no file is listed.",
  policyPlugins: ["XSD"],

  *check(spec, context) {
    if (spec.all("Filelist").some(({ node }) => node.content.some(isElement))) return;
    const { root } = spec;
    if (!root || !isRootName(root.name)) return;
    if (spec.tree.problems.some(({ code }) => code === "comment-unclosed" || code === "cdata-unclosed"))
      return;
    const filelist = spec.last("Filelist");
    yield { span: (filelist ?? root).nameSpan, fixes: fixesFor(spec, context) };
  },
};

/** Lists what is on disk, in the list that is there or in a new one at the end. */
function fixesFor(spec: PackageSpec, context: RuleContext): readonly Fix[] {
  const unlisted = context.kind === "spec" ? unlistedFiles(fileList(spec), context) : undefined;
  const added = addable(unlisted ?? [], context);
  if (added.length === 0 || added.length > additionLimit) return [];
  const edit = listing(spec, added);
  return edit ? [{ ...additionOf(added, edit), asks: true }] : [];
}
