import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { fileOnDisk, locationOf } from "../shared/listed-file.ts";

/** The parser gives an empty file no content at all, and without content nothing is written. */
export const fileEmpty: ElementRule = {
  id: "file-empty",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message:
    "The file can never be installed and the package never counts as correctly deployed, because “{location}” is empty.",

  check(file, context) {
    if (context.kind === "archive") {
      const location = locationOf(file);
      if (!location || file.text.value.trim() !== "") return undefined;
      return { span: location.valueSpan, arguments: { location: location.value } };
    }
    const found = fileOnDisk(file, context);
    if (found?.fact.kind !== "file" || found.fact.size > 0) return undefined;
    const { location } = found;
    return { span: location.valueSpan, arguments: { location: location.value }, fixes: [removal(file)] };
  },
};
