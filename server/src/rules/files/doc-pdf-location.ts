import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The package manager's screen links manuals by language. */
export const docPdfLocation: ElementRule = {
  id: "doc-pdf-location",
  scope: "element",
  elements: ["File"],
  severity: "hint",
  summary: "Manuals lie in doc/<language>",
  message:
    "The package manager's screen shows no link to this manual: it looks for doc/<language>/<name>.pdf.",
  docs:
    "The screen that shows a package links PDF files that lie in a folder of `doc/` named after a language, such as " +
    "`doc/en/Acme.pdf`, and prefers the reader's language. Files elsewhere are installed without a link.",
  bad: '<File Permission="660" Location="doc/Acme.pdf"/>',
  good: '<File Permission="660" Location="doc/en/Acme.pdf"/>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager",

  check(file) {
    const location = locationOf(file);
    if (!location || !/^doc\/.*\.pdf$/i.test(location.value)) return undefined;
    if (/^doc\/[a-z]{2,3}(_[A-Z]\w+)?\/[^/]+\.pdf$/i.test(location.value)) return undefined;
    return { span: location.valueSpan };
  },
};
