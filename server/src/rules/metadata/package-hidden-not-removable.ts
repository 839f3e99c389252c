import type { PackageSpec } from "../../model/package-spec.ts";
import type { PackageRule } from "../rule.ts";

/** Once installed, such a package is there for good. */
export const packageHiddenNotRemovable: PackageRule = {
  id: "package-hidden-not-removable",
  scope: "package",
  elements: ["PackageIsRemovable"],
  severity: "warning",
  where: "packageMerge",
  message: "The package stays on every system that installs it, because it is neither visible nor removable.",

  *check(spec) {
    const removable = spec.last("PackageIsRemovable");
    if (!removable || !isOff(spec, "PackageIsRemovable") || !isOff(spec, "PackageIsVisible")) return;
    yield { span: removable.text.value === "" ? removable.nameSpan : removable.text.span };
  },
};

function isOff(spec: PackageSpec, name: string): boolean {
  const text = spec.textOf(name)?.value;
  return text === "0" || text === "";
}
