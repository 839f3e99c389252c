import type { PackageSpec } from "../../model/package-spec.ts";
import type { PackageRule } from "../rule.ts";

/** Once installed, such a package is there for good. */
export const packageHiddenNotRemovable: PackageRule = {
  id: "package-hidden-not-removable",
  scope: "package",
  elements: ["PackageIsRemovable"],
  severity: "warning",
  where: "packageMerge",
  summary: "A package can be seen or removed",
  message: "Nobody gets rid of this package, because it is neither visible nor removable.",
  docs:
    "With `PackageIsVisible` 0 the admin screen and the console do not list the package; with `PackageIsRemovable` 0 " +
    "the console refuses to uninstall it even by force, and says that there is no such package. Set one of the two to 1.",
  bad: "<otrs_package><PackageIsVisible>0</PackageIsVisible><PackageIsRemovable>0</PackageIsRemovable></otrs_package>",
  good: "<otrs_package><PackageIsVisible>0</PackageIsVisible><PackageIsRemovable>1</PackageIsRemovable></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager and the console commands List and Uninstall",

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
