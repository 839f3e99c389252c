import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { customaryMode } from "../shared/listed-file.ts";

/** A rule of the Znuny code policy; the products install any mode. */
export const filePermissionPolicy: ElementRule = {
  id: "file-permission-policy",
  scope: "element",
  elements: ["File"],
  severity: "hint",
  message: "The Znuny code policy refuses {permission} for this file: scripts have 770, all others 660.",
  where: "codePolicy",
  profiles: ["znuny-policy", "strict"],
  policyPlugins: ["FileRights"],

  check(file) {
    const location = file.value("Location");
    const permission = file.attribute("Permission");
    if (!location || !permission || !/^[0-7]{3,4}$/.test(permission.value)) return undefined;
    const mode = customaryMode(location);
    if (permission.value.padStart(4, "0") === `0${mode}`) return undefined;
    return {
      span: permission.valueSpan,
      arguments: { permission: permission.value },
      fixes: [replacement(permission.valueSpan, mode)],
    };
  },
};
