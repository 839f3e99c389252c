import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** What must be there before it can come. */
export const packageRequiredSelf: PackageRule = {
  id: "package-required-self",
  scope: "package",
  elements: ["PackageRequired"],
  severity: "error",
  message: "No system installs this package, because it has to be installed before it can be installed.",

  *check(spec, { packageName }) {
    if (packageName === undefined) return;
    for (const element of rootChildren(spec, "PackageRequired")) {
      if (element.text.value !== packageName) continue;
      yield { span: element.text.span, fixes: [removal(element)] };
    }
  },
};
