import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The framework loads the translations of a language by the beginning of the file's name. */
export const languageFileName: ElementRule = {
  id: "language-file-name",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "Language files are named after a language and the package",
  message:
    "The translations in “{location}” are not loaded: the name has to be a language, an underscore and a name.",
  docs:
    "For each language the framework loads `Kernel/Language/<language>.pm`, which is its own, and then every file " +
    "`<language>_<name>.pm` beside it, such as `de_AcmeContracts.pm` or `pt_BR_AcmeContracts.pm`. Files of other " +
    "names are not loaded. The name of the package is customary and keeps packages from clashing.",
  bad: '<File Permission="660" Location="Kernel/Language/AcmeContracts.pm"/>',
  good: '<File Permission="660" Location="Kernel/Language/de_AcmeContracts.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, Kernel/Language.pm",

  check(file) {
    const location = locationOf(file);
    const match = location && /^Kernel\/Language\/([^/]+)\.pm$/.exec(location.value);
    if (!match || /^[a-z]{2,3}(_[A-Z]{2}|_[A-Z][a-z]{3})?(_\w.*)?$/.test(match[1]!)) return undefined;
    return { span: location.valueSpan, arguments: { location: location.value } };
  },
};
