import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isProgram } from "../shared/listed-file.ts";

/** A program that the web server or a cron job cannot start. */
export const filePermissionNotExecutable: ElementRule = {
  id: "file-permission-not-executable",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "Programs in bin/ are executable",
  message: "Nobody can start “{location}” on the server, because Permission {permission} has no x bit.",
  docs:
    "Files in `bin/` that look like programs are started by the web server, by cron jobs and by administrators. " +
    "The mode on the author's disk never matters, only `Permission` does. Write `770` or `755`.",
  bad: '<File Permission="660" Location="bin/znuny.AcmeImport.pl"/>',
  good: '<File Permission="770" Location="bin/znuny.AcmeImport.pl"/>',
  source: "Znuny 7.1 and OTOBO 11, _FileInstall",

  check(file) {
    const location = file.value("Location") ?? "";
    const permission = file.attribute("Permission");
    if (!permission || !/^[0-7]{3,4}$/.test(permission.value)) return undefined;
    const mode = Number.parseInt(permission.value, 8);
    if ((mode & 0o111) !== 0 || !location.startsWith("bin/") || !isProgram(location)) return undefined;
    const executable = (mode | ((mode & 0o444) >> 2)).toString(8).padStart(permission.value.length, "0");
    return {
      span: permission.valueSpan,
      arguments: { location, permission: permission.value },
      fixes: [replacement(permission.valueSpan, executable)],
    };
  },
};
