import type { PackageSpec } from "../../model/package-spec.ts";

/** Packages that are there when this one's code runs, because it requires or absorbs them. */
export function foreignPackages(spec: PackageSpec): ReadonlySet<string> {
  return new Set([
    ...spec.all("PackageRequired").map(({ text }) => text.value.trim()),
    ...spec.all("PackageMerge").map((merge) => merge.value("Name") ?? ""),
  ]);
}

/** True when other packages may have made tables that this one works on. */
export function buildsOnOthers(spec: PackageSpec): boolean {
  return spec.all("PackageRequired").length > 0 || spec.all("PackageMerge").length > 0;
}
