import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** No framework insists on the address; people who look for help do. */
export const urlMissing: PackageRule = {
  id: "url-missing",
  scope: "package",
  elements: "any",
  severity: "warning",
  message: "The admin screen shows no way to the maker of this package, because it has no URL.",
  policyPlugins: ["RequiredElements"],

  check: (spec, context) => missingElement(spec, "URL", () => "https://acme.example/", context),
};
