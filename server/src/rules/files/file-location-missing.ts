import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** Without a path there is nothing to pack and nowhere to write it. */
export const fileLocationMissing: ElementRule = {
  id: "file-location-missing",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message: "Nothing is installed for this entry, because it has no Location.",

  check(file) {
    const location = file.attribute("Location");
    if (location && location.value !== "") return undefined;
    return { span: location ? location.span : file.nameSpan, fixes: [removal(file)] };
  },
};
