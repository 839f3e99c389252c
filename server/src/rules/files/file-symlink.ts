import type { ElementRule } from "../rule.ts";
import { fileOnDisk } from "../shared/listed-file.ts";

/** A link may point at anything on the machine of whoever builds. */
export const fileSymlink: ElementRule = {
  id: "file-symlink",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "Listed files are inside the package's folder",
  message:
    "A file from outside the package would be packed, because “{location}” leads out of the base folder through a link.",
  docs:
    "The frameworks' builder follows symbolic links wherever they lead, so the archive would hold a file that is not " +
    "part of the package and may differ, or be private, on every machine. Building here refuses it unless a setting " +
    "allows links. Copy the file into the package.",
  bad: '<File Permission="660" Location="Kernel/System/Linked.pm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",

  check(file, context) {
    const found = fileOnDisk(file, context);
    if (found?.fact.kind !== "file" || !found.fact.leavesBase) return undefined;
    return { span: found.location.valueSpan, arguments: { location: found.location.value } };
  },
};
