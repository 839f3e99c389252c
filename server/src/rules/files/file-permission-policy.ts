import type { ElementRule } from "../rule.ts";
import { codePolicyOf } from "../shared/code-policy.ts";
import { replacement } from "../shared/fixes.ts";
import { customaryMode } from "../shared/listed-file.ts";

/** A rule of the code policies of Znuny and OTOBO; the products install any mode. */
export const filePermissionPolicy: ElementRule = {
  id: "file-permission-policy",
  scope: "element",
  elements: ["File"],
  severity: "hint",
  message: "The {product} code policy refuses {permission} for this file: scripts have 770, all others 660.",
  where: "codePolicy",
  policyPlugins: ["FileRights"],

  check(file, context) {
    const policy = codePolicyOf(context);
    const location = file.value("Location");
    const permission = file.attribute("Permission");
    if (!policy || !location || !permission || !/^[0-7]{3,4}$/.test(permission.value)) return undefined;
    const mode = customaryMode(location);
    if (permission.value.padStart(4, "0") === `0${mode}`) return undefined;
    return {
      span: permission.valueSpan,
      arguments: { product: policy.product, permission: permission.value },
      fixes: [replacement(permission.valueSpan, mode)],
    };
  },
};
