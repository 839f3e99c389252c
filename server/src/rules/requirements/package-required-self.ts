import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** What must be there before it can come. */
export const packageRequiredSelf: PackageRule = {
  id: "package-required-self",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "error",
  summary: "A package does not require itself",
  message: "No system installs this package, because it has to be installed before it can be installed.",
  docs:
    "Requirements are checked before anything is installed, so a package that requires itself is refused, unless by " +
    "force. To demand a lowest version when upgrading there is no element; check it in a `CodeUpgrade`.",
  bad: '<otrs_package><Name>Acme</Name><PackageRequired Version="1.0.0">Acme</PackageRequired></otrs_package>',
  good: '<otrs_package><Name>Acme</Name><PackageRequired Version="6.4.0">GeneralCatalog</PackageRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckPackageRequired",

  *check(spec, { packageName }) {
    if (packageName === undefined) return;
    for (const element of rootChildren(spec, "PackageRequired")) {
      if (element.text.value !== packageName) continue;
      yield { span: element.text.span, fixes: [removal(spec, element)] };
    }
  },
};
