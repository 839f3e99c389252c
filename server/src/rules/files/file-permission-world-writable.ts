import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Perl that everybody may rewrite runs with the web server's rights. */
export const filePermissionWorldWritable: ElementRule = {
  id: "file-permission-world-writable",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "Files are not writable for everyone",
  message:
    "Every user of the server can change “{location}”, because Permission {permission} lets others write.",
  docs:
    "What is in the framework's home runs with the rights of the web server. A file that everybody may write lets " +
    "any account on the machine run code as the web server. Take the write bit of others away.",
  bad: '<File Permission="666" Location="Kernel/System/Acme.pm"/>',
  good: '<File Permission="664" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, _FileInstall",

  check(file) {
    const permission = file.attribute("Permission");
    if (!permission || !/^[0-7]{3,4}$/.test(permission.value)) return undefined;
    const mode = Number.parseInt(permission.value, 8);
    if ((mode & 0o002) === 0) return undefined;
    const safe = (mode & ~0o002).toString(8).padStart(permission.value.length, "0");
    return {
      span: permission.valueSpan,
      arguments: { location: file.value("Location") ?? "", permission: permission.value },
      fixes: [replacement(permission.valueSpan, safe)],
    };
  },
};
