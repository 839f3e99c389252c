import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The framework loads the translations of a language by the beginning of the file's name. */
export const languageFileName: ElementRule = {
  id: "language-file-name",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message:
    "The translations in “{location}” are not loaded: the name has to be a language, an underscore and a name.",

  check(file) {
    const location = locationOf(file);
    const match = location && /^Kernel\/Language\/([^/]+)\.pm$/.exec(location.value);
    if (!match || /^[a-z]{2,3}(_[A-Z]{2}|_[A-Z][a-z]{3})?(_\w.*)?$/.test(match[1]!)) return undefined;
    return { span: location.valueSpan, arguments: { location: location.value } };
  },
};
