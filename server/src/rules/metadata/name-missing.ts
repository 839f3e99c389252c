import type { PackageRule } from "../rule.ts";
import { missingElement } from "../shared/missing-element.ts";

/** The name is the key under which a package is known everywhere. */
export const nameMissing: PackageRule = {
  id: "name-missing",
  scope: "package",
  elements: "any",
  severity: "error",
  message: {
    missing: "No system installs this package, because it has no Name to be known by.",
    empty: "No system installs this package, because it has no Name to be known by.",
    blank:
      "This package is installed under a name that cannot be seen, because its Name is nothing but blanks.",
  },
  policyPlugins: ["RequiredElements"],

  check: (spec, context) =>
    missingElement(
      spec,
      "Name",
      () => /^([\w-]+)\.sopm$/.exec(context.fileName ?? "")?.[1] ?? "AcmePackage",
      context,
    ),
};
