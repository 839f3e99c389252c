import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** Written twice, the first copy of a file becomes a backup of the second. */
export const fileDuplicate: PackageRule = {
  id: "file-duplicate",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  summary: "A file is listed once",
  message: "The file is packed and installed twice, because “{path}” is listed before.",
  docs:
    "The builder packs each entry, and the installer writes them one after the other: the second finds the first in " +
    "its way and keeps it as `.save`, and uninstalling the package puts that copy back instead of removing the " +
    "file. Doubled slashes and `./` make no difference to where a file goes. Remove one of the entries.",
  bad:
    '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n' +
    '    <File Permission="660" Location="Kernel//System/Acme.pm"/>\n</Filelist>',
  good: '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n</Filelist>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild and _FileInstall",

  *check(spec) {
    for (const [later] of fileList(spec).duplicates) {
      const file = fileElement(spec, later);
      const { valueSpan } = file.attribute("Location")!;
      yield { span: valueSpan, arguments: { path: later.path }, fixes: [removal(spec, file)] };
    }
  },
};
