import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

/** Two files on Linux, one on most other disks. */
export const fileDuplicateCase: PackageRule = {
  id: "file-duplicate-case",
  scope: "package",
  elements: ["Filelist"],
  severity: "warning",
  summary: "Files differ in more than letter case",
  message:
    "Only one of “{first}” and “{second}” can exist on disks that ignore letter case: nothing else differs.",
  docs:
    "On Linux these are two files. On Windows and macOS a working copy can hold only one of them, so what is packed " +
    "depends on the machine. Mostly one of the two is a slip of the keyboard; otherwise rename one.",
  bad:
    '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n' +
    '    <File Permission="660" Location="Kernel/System/ACME.pm"/>\n</Filelist>',
  good:
    '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n' +
    '    <File Permission="660" Location="Kernel/System/AcmeImport.pm"/>\n</Filelist>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",

  *check(spec) {
    for (const [later, first] of fileList(spec).caseDuplicates) {
      const { valueSpan } = fileElement(spec, later).attribute("Location")!;
      yield { span: valueSpan, arguments: { first: first.path, second: later.path } };
    }
  },
};
