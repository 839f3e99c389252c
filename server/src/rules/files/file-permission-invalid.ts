import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { customaryMode } from "../shared/listed-file.ts";

/** The installer takes the digits for an octal number, whatever they are. */
export const filePermissionInvalid: ElementRule = {
  id: "file-permission-invalid",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "A Permission is three or four octal digits",
  message: {
    empty: "The file gets whatever mode the server gives new files, because Permission is empty.",
    invalid:
      "The file gets a mode that nobody meant, because “{permission}” is not three or four digits from 0 to 7.",
  },
  docs:
    "The value is read as an octal number up to the first character that is no octal digit: `abc` and `888` become " +
    "mode 0000, so that nobody can read the file, and `64` becomes 0064. An empty value leaves the mode to the " +
    "server. Write three digits such as `660` or `770`, or four.",
  bad: '<File Permission="rw-rw----" Location="Kernel/System/Acme.pm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, _FileInstall",

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
