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
  message: "The installer skips this file, because it has no Permission.",

  check(file) {
    if (file.attribute("Permission")) return undefined;
    const mode = customaryMode(file.value("Location") ?? "");
    return { span: file.nameSpan, fixes: [attributeInsertion(file, "Permission", mode)] };
  },
};
