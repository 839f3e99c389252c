import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The package manager's screen links manuals by language. */
export const docPdfLocation: ElementRule = {
  id: "doc-pdf-location",
  scope: "element",
  elements: ["File"],
  severity: "hint",
  message:
    "The package manager's screen shows no link to this manual: it looks for doc/<language>/<name>.pdf.",

  check(file) {
    const location = locationOf(file);
    if (!location || !/^doc\/.*\.pdf$/i.test(location.value)) return undefined;
    if (/^doc\/[a-z]{2,3}(_[A-Z]\w+)?\/[^/]+\.pdf$/i.test(location.value)) return undefined;
    return { span: location.valueSpan };
  },
};
