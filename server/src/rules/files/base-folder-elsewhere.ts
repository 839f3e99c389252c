import type { PackageRule } from "../rule.ts";
import { baseFolderRule, otherBaseFolders } from "../shared/other-base-folders.ts";

/** In place of one finding for each file. */
export const baseFolderElsewhere: PackageRule = {
  id: baseFolderRule,
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  summary: "The listed files are below the base folder",
  message:
    "The package cannot be built, because its files are not where they are looked for. All of them are in “{folder}”: make it the base folder of this spec.",
  docs:
    "The builder reads every listed file below one folder, the base folder, which is that of the spec unless it is told " +
    "another one. Here most files are missing there, and another folder nearby has all of them. Set the base folder " +
    "with the fix, which writes the setting `sopm.baseFolder`, or with `--base` on the command line. Only the folder " +
    "around the base folder, the folders in it and those in the base folder itself are looked at.",
  bad: '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n</Filelist>',
  good: '<Filelist>\n    <File Permission="660" Location="Kernel/System/Here.pm"/>\n</Filelist>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",

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
