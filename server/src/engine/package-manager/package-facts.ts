import type { PackageContents } from "../../builder/package-contents.ts";
import { checkDeployment, type DeployCheck } from "../../lifecycle/deploy-check.ts";
import { isInstalled } from "../../lifecycle/installed-rows.ts";
import { type FrameworkMatch, matchFramework, rangeOfTag } from "../../model/framework-range.ts";
import { md5 } from "../../model/md5.ts";
import { isAtLeast } from "../../model/version.ts";
import { whenKnown } from "../../system/system-facts.ts";
import type { SystemState } from "../../system/system-state.ts";
import { storedPackage } from "./package-list.ts";

/**
 * Whether a package of this name is installed, in any version.
 *
 * @param wanted a name, or a package, which has to say one
 * @source Znuny 7.1 and OTOBO 11, PackageIsInstalled
 */
export function isPackageInstalled(wanted: string | PackageContents, system: SystemState): boolean {
  const name = typeof wanted === "string" ? wanted : wanted.structure?.single.Name?.content;
  return name !== undefined && isInstalled(system.packages, name);
}

/**
 * Compares the files of an installed package with those on disk, as its stored archive has them.
 *
 * @returns undefined when there is no such row
 * @throws PackageError when a content cannot be read
 * @source Znuny 7.1 and OTOBO 11, DeployCheck and DeployCheckInfo
 */
export async function checkPackageDeployment(
  name: string,
  version: string,
  system: SystemState,
): Promise<DeployCheck | undefined> {
  const contents = await storedPackage(system, name, version);
  return contents && whenKnown(system.facts, () => checkDeployment(contents, system));
}

/**
 * The MD5 sums of the files in a package, by location. Of a location that is listed twice the last one counts; files
 * without content have none.
 *
 * @throws PackageError when a content cannot be read
 * @source Znuny 7.1 and OTOBO 11, PackageFileGetMD5Sum
 */
export async function fileChecksums({ files }: PackageContents): Promise<ReadonlyMap<string, string>> {
  const checksums = new Map<string, string>();
  for (const { location, content } of files) {
    if (location !== undefined && content) checksums.set(location, md5(await content.read()));
  }
  return checksums;
}

/**
 * Which framework a package asks for, and whether the system's is one. A package that names none fits nothing here;
 * the operations pass over it.
 *
 * @source Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements
 */
export function frameworkRequirements(
  { structure }: PackageContents,
  { framework }: SystemState,
): FrameworkMatch {
  const ranges = (structure?.repeated.Framework ?? []).map(rangeOfTag);
  return matchFramework(framework.version, ranges, framework.dialect);
}

/**
 * Compares two versions as the package manager does, which knows two questions only.
 *
 * @param question `installed-is-enough`: whether the installed version is at least the other one; `other-is-newer`:
 *   whether it is older
 * @returns false also when a version is missing, whatever the question
 * @source Znuny 7.1 and OTOBO 11, _CheckVersion with the types Min and Max
 */
export function checkVersion(
  version: string | undefined,
  installed: string | undefined,
  question: "installed-is-enough" | "other-is-newer",
  { framework }: SystemState,
): boolean {
  if (version === undefined || installed === undefined) return false;
  return isAtLeast(installed, version, framework) === (question === "installed-is-enough");
}

/** Packages that this one absorbs and that are installed, in the order of its elements. @source _MergePackages */
export function packagesToMerge(
  { structure }: PackageContents,
  { packages }: SystemState,
): readonly { readonly name: string; readonly installed: string; readonly target: string | undefined }[] {
  return (structure?.repeated.PackageMerge ?? []).flatMap(({ attributes }) => {
    const row = packages.find((each) => each.name === attributes.get("Name") && each.status === "installed");
    return row ? [{ name: row.name, installed: row.version, target: attributes.get("TargetVersion") }] : [];
  });
}

/** Every file of every row, with its package, in the order of the list. @source Admin::Package::ListInstalledFiles */
export function installedFiles(
  packages: Iterable<{ readonly name: string; readonly contents: PackageContents }>,
): readonly { readonly package: string; readonly location: string }[] {
  return [...packages].flatMap(({ name, contents }) =>
    contents.files.map(({ location = "" }) => ({ package: name, location })),
  );
}
