import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { customaryMode } from "../shared/listed-file.ts";

/** The installer takes the digits for an octal number, whatever they are. */
export const filePermissionInvalid: ElementRule = {
  id: "file-permission-invalid",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message: {
    empty: "The file gets whatever mode the server gives new files, because Permission is empty.",
    invalid:
      "The file gets another mode than was meant, because “{permission}” is not three or four digits from 0 to 7.",
  },

  check(file) {
    const permission = file.attribute("Permission");
    if (!permission || /^[0-7]{3,4}$/.test(permission.value)) return undefined;
    const mode = customaryMode(file.value("Location") ?? "");
    return {
      span: permission.value === "" ? permission.span : permission.valueSpan,
      variant: permission.value.trim() === "" ? "empty" : "invalid",
      arguments: { permission: permission.value },
      fixes: permission.hasValue ? [replacement(permission.valueSpan, mode)] : [],
    };
  },
};
