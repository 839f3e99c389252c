import type { ElementRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { customaryMode } from "../shared/listed-file.ts";

/** The installer has no default mode: it leaves the file out. */
export const filePermissionMissing: ElementRule = {
  id: "file-permission-missing",
  scope: "element",
  elements: ["File"],
  goesByNames: true,
  severity: "error",
  summary: "A File has a Permission",
  message: "The installer skips this file, because it has no Permission.",
  docs:
    "The file is packed, but the installer writes “Permission not defined in File!” to the log, leaves the file out " +
    "and goes on. From then on the package counts as not correctly deployed. The mode of the file on the author's " +
    "disk never matters; write `660`, or `770` for programs.",
  bad: '<File Location="Kernel/System/Acme.pm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, _FileInstall",

  check(file) {
    if (file.attribute("Permission")) return undefined;
    const mode = customaryMode(file.value("Location") ?? "");
    return { span: file.nameSpan, fixes: [attributeInsertion(file, "Permission", mode)] };
  },
};
