import type { PackageRule } from "../rule.ts";
import { baseFolderRule, otherBaseFolders } from "../shared/other-base-folders.ts";

/** In place of one finding for each file. */
export const baseFolderElsewhere: PackageRule = {
  id: baseFolderRule,
  scope: "package",
  isOfAnyFramework: true,
  elements: ["Filelist"],
  severity: "error",
  message:
    "The package cannot be built, because its files are not where they are looked for. All of them are in “{folder}”: make it the base folder of this spec.",

  *check(spec, context) {
    const folders = otherBaseFolders(spec, context);
    const filelist = spec.all("Filelist")[0];
    if (folders.length === 0 || !filelist) return;
    yield {
      span: filelist.nameSpan,
      arguments: { folder: folders[0]! },
      fixes: folders.slice(0, 3).map((folder) => ({
        title: "Make “{folder}” the base folder of this spec",
        arguments: { folder },
        edits: [],
        baseFolder: folder,
      })),
    };
  },
};
