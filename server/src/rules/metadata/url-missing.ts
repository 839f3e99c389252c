import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** No framework insists on the address; people who look for help do. */
export const urlMissing: PackageRule = {
  id: "url-missing",
  scope: "package",
  elements: "any",
  severity: "warning",
  message: "Nobody finds the maker of this package from the admin screen, because it has no URL.",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "URL", "https://acme.example/", context),
};
