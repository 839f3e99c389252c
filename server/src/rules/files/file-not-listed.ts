import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { addable, additionLimit, additionOf, listing, unlistedFiles } from "../shared/new-files.ts";
import { otherBaseFolders } from "../shared/other-base-folders.ts";
import { unlistedSettings } from "../shared/unlisted-settings.ts";

/** A file that is forgotten in the list is missing on every system but the author's. */
export const fileNotListed: PackageRule = {
  id: "file-not-listed",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    one: "“{first}” is not packaged, because it is not listed.",
    few: "{count} files are not packaged, because they are not listed: {first}.",
    many: "{count} files are not packaged, because they are not listed: {first} and {rest} more.",
  },
  policyPlugins: ["FileList"],

  *check(spec, context) {
    const filelist = spec.last("Filelist");
    if (!filelist || context.kind === "archive") return;
    const list = fileList(spec);
    // An empty list is the business of another rule.
    if (list.isEmpty) return;
    const settings = new Set(unlistedSettings(list, context));
    const files = unlistedFiles(list, context) ?? [];
    // Those have a rule of their own.
    const others = files.filter((path) => !settings.has(path));
    const unlisted = addable(others, context);
    // Where the listed files are elsewhere, these are not of this package.
    if (unlisted.length === 0 || otherBaseFolders(spec, context).length > 0) return;
    const edit = unlisted.length <= additionLimit && listing(spec, unlisted);
    const { length: count } = unlisted;
    const first = unlisted.slice(0, 3).join(", ");
    yield {
      span: filelist.nameSpan,
      variant: count === 1 ? "one" : count <= 3 ? "few" : "many",
      arguments: { first, count, rest: count - 3 },
      // Which files belong to the package nobody but its author knows.
      fixes: edit ? [{ ...additionOf(unlisted, edit), asks: true }] : [],
    };
  },
};
