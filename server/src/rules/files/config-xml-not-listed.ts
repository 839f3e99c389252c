import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { additionOf, appendElements, fileEntries } from "../shared/new-files.ts";
import { otherBaseFolders } from "../shared/other-base-folders.ts";
import { unlistedSettings } from "../shared/unlisted-settings.ts";

/** Settings that are there on the author's system alone. */
export const configXmlNotListed: PackageRule = {
  id: "config-xml-not-listed",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message: {
    one: "The settings in “{first}” are on no system but yours, because the file is not listed.",
    more: "The settings in {count} files, such as “{first}”, are on no system but yours, because they are not listed.",
  },
  policyPlugins: ["FileList"],

  *check(spec, context) {
    const filelist = spec.last("Filelist");
    if (!filelist || context.kind === "archive") return;
    const unlisted = unlistedSettings(fileList(spec), context);
    // Where the listed files are elsewhere, these are not of this package.
    if (unlisted.length === 0 || otherBaseFolders(spec, context).length > 0) return;
    const edit = appendElements(filelist, fileEntries(unlisted, filelist));
    yield {
      span: filelist.nameSpan,
      variant: unlisted.length === 1 ? "one" : "more",
      arguments: { first: unlisted[0]!, count: unlisted.length },
      fixes: edit ? [additionOf(unlisted, edit)] : [],
    };
  },
};
