import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** What calls a program by its new name does not find the old one. */
export const fileOtrsNameInOtobo: ElementRule = {
  id: "file-otrs-name-in-otobo",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message: "Administrators of OTOBO look for programs called “otobo.…”: “{location}” has a name from OTRS.",
  where: "renamed",

  check(file) {
    const location = locationOf(file);
    if (!location || !/^(bin|scripts)\//.test(location.value)) return undefined;
    const match = /^bin\/(?:.*\/)?otrs\.|^scripts\/(?!test\/)(?:.*[^a-z])?otrs/i.exec(location.value);
    if (match) return { span: location.valueSpan, arguments: { location: location.value } };
    return undefined;
  },
};
