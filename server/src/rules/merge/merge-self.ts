import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";

/** An upgrade would begin with removing the package. */
export const mergeSelf: ElementRule = {
  id: "merge-self",
  scope: "element",
  elements: ["PackageMerge"],
  severity: "error",
  summary: "A package does not merge itself",
  message: "Upgrading removes the installed package first, because it is told to absorb itself.",
  docs:
    "`PackageMerge` removes the files and the row of the named package before anything else happens, also when the " +
    "operation is refused afterwards. Naming the package itself takes away what is to be upgraded.",
  bad: '<otrs_package><Name>Acme</Name><PackageMerge Name="Acme" TargetVersion="1.0.0"/></otrs_package>',
  good: '<otrs_package><Name>Acme</Name><PackageMerge Name="AcmeOld" TargetVersion="1.0.0"/></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages",

  check(merge, { packageName }) {
    const name = merge.attribute("Name");
    if (!name || packageName === undefined || name.value !== packageName) return undefined;
    return { span: name.valueSpan, fixes: [bareRemoval(merge)] };
  },
};
