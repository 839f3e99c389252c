import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** No framework insists on the address; people who look for help do. */
export const urlMissing: PackageRule = {
  id: "url-missing",
  scope: "package",
  elements: "any",
  severity: "warning",
  summary: "A package names a URL",
  message: "Nobody finds the maker of this package from the admin screen, because it has no URL.",
  docs:
    "The list of packages links the vendor to the `URL`; without it the cell stays empty. The frameworks do not insist " +
    "on it, but `opmbuild` and the Znuny code policy do.",
  bad: "<otrs_package><Vendor>Acme Inc.</Vendor></otrs_package>",
  good: "<otrs_package><Vendor>Acme Inc.</Vendor><URL>https://acme.example/</URL></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager; OPM::Validate 1.11",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "URL", "https://acme.example/", context),
};
