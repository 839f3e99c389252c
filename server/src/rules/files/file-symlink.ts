import type { ElementRule } from "../rule.ts";
import { fileOnDisk } from "../shared/listed-file.ts";

/** A link may point at anything on the machine of whoever builds. */
export const fileSymlink: ElementRule = {
  id: "file-symlink",
  scope: "element",
  elements: ["File"],
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "A file from outside the package would be packed, because “{location}” leads out of the base folder through a link.",

  check(file, context) {
    const found = fileOnDisk(file, context);
    if (found?.fact.kind !== "file" || !found.fact.leavesBase) return undefined;
    return { span: found.location.valueSpan, arguments: { location: found.location.value } };
  },
};
