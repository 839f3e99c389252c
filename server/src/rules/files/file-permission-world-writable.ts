import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Perl that everybody may rewrite runs with the web server's rights. */
export const filePermissionWorldWritable: ElementRule = {
  id: "file-permission-world-writable",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message:
    "Every user of the server can change “{location}”, because Permission {permission} lets others write.",

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
