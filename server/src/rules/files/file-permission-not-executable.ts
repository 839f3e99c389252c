import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isProgram } from "../shared/listed-file.ts";

/** A program that the web server or a cron job cannot start. */
export const filePermissionNotExecutable: ElementRule = {
  id: "file-permission-not-executable",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message:
    "The program “{location}” cannot be started on the server, because Permission {permission} has no x bit.",

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
