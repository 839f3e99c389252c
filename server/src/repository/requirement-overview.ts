import type { PackageStructure } from "../model/package-structure.ts";
import { isAtLeast } from "../model/version.ts";
import type { SystemState } from "../system/system-state.ts";
import { logEntry, type RepositoryLogEntry } from "./repository-log.ts";

/** A required package as the admin screen shows it. */
export interface RequiredPackageRow {
  readonly name: string;
  /** As the package says it; empty for one without a version, which every version meets here. */
  readonly version: string;
  /** False also for one that is installed in a version that is too old. */
  readonly isInstalled: boolean;
  /** False only for one that is installed and too old. */
  readonly isVersionInstalled: boolean;
}

export interface RequiredModuleRow {
  readonly name: string;
  readonly version: string;
  /** Any version will do here. */
  readonly isInstalled: boolean;
}

export interface RequirementOverview {
  /** Undefined when the package names none. */
  readonly packages: readonly RequiredPackageRow[] | undefined;
  readonly modules: readonly RequiredModuleRow[] | undefined;
  readonly log: readonly RepositoryLogEntry[];
}

/**
 * The list of requirements that Znuny 6.5.1 and later show before a package is installed or upgraded. It is more lenient
 * than the checks of the operation itself. The framework's order is by chance, here it is that of the package.
 *
 * @source Znuny 7.1, GetRequiredPackages and GetRequiredModules
 */
export function requirementOverview(
  { repeated }: PackageStructure,
  { packages, framework }: Pick<SystemState, "packages" | "framework">,
): RequirementOverview {
  const log: RepositoryLogEntry[] = [];
  const present = (name: "PackageRequired" | "ModuleRequired") => {
    if (repeated[name].length > 0) return repeated[name];
    log.push(logEntry("requirements-absent", { element: name }));
    return undefined;
  };
  const requiredPackages = present("PackageRequired")?.map(({ content: name = "", attributes }) => {
    const version = attributes.get("Version") ?? "";
    const installed = packages.find((row) => row.name === name && row.status === "installed");
    const isTooOld =
      installed !== undefined &&
      version !== "" &&
      version !== "0" &&
      !isAtLeast(installed.version, version, framework);
    return {
      name,
      version,
      isInstalled: installed !== undefined && !isTooOld,
      isVersionInstalled: !isTooOld,
    };
  });
  const requiredModules = present("ModuleRequired")?.map(({ content: name = "", attributes }) => ({
    name,
    version: attributes.get("Version") ?? "",
    isInstalled: framework.assumeModules || framework.perlModules.has(name),
  }));
  return { packages: requiredPackages, modules: requiredModules, log };
}
