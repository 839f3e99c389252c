import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** What calls a program by its new name does not find the old one. */
export const fileOtrsNameInOtobo: ElementRule = {
  id: "file-otrs-name-in-otobo",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "Programs of OTOBO packages are named after OTOBO",
  message: "Administrators of OTOBO look for programs called “otobo.…”: “{location}” has a name from OTRS.",
  docs:
    "OTOBO renamed all programs in `bin/` and `scripts/` from `otrs.…` to `otobo.…`, and calls them by these names. " +
    "A package that was carried over should rename its own as well, on disk and in the list.",
  bad: '<File Permission="770" Location="bin/otrs.AcmeImport.pl"/>',
  good: '<File Permission="770" Location="bin/otobo.AcmeImport.pl"/>',
  source: "OTOBO 11, layout of bin/ and scripts/",
  where: "renamed",

  check(file) {
    const location = locationOf(file);
    if (!location || !/^(bin|scripts)\//.test(location.value)) return undefined;
    const match = /^bin\/(?:.*\/)?otrs\.|^scripts\/(?!test\/)(?:.*[^a-z])?otrs/i.exec(location.value);
    if (match) return { span: location.valueSpan, arguments: { location: location.value } };
    return undefined;
  },
};
