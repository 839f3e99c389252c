import type { DeployCheck } from "../lifecycle/deploy-check.ts";
import { unstoredSettings } from "../lifecycle/unstored-settings.ts";
import type { PackageRow } from "../system/package-table.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { checkPackageDeployment } from "./package-manager/package-facts.ts";
import { storedPackage } from "./package-manager/package-list.ts";

export interface CheckedRow
  extends Pick<PackageRow, "name" | "version">,
    Pick<DeployCheck, "isDeployed" | "files"> {
  /** Settings that its files are meant to bring and that are not stored, by name. They do not count for `isDeployed`. */
  readonly lostSettings: readonly string[];
}

export type DeploymentOutcome =
  /** The package table has no row of this name, whatever its status. */
  | { readonly kind: "unknown-package"; readonly name: string }
  | { readonly kind: "checked"; readonly packages: readonly CheckedRow[] };

/**
 * Compares the files of installed packages with those that are there.
 *
 * Of two rows of one name and version the frameworks compare the first, and so does this.
 *
 * @param names of the packages to look at; empty for all
 * @throws PackageError when an archive or a file cannot be read
 */
export async function checkDeployments(
  system: SystemState,
  names: readonly string[] = [],
): Promise<DeploymentOutcome> {
  const { packages: rows } = system;
  const unknown = names.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) return { kind: "unknown-package", name: unknown };
  const packages: CheckedRow[] = [];
  for (const { name, version, status } of rows) {
    if (status !== "installed" || (names.length > 0 && !names.includes(name))) continue;
    const check = await checkPackageDeployment(name, version, system);
    const contents = await storedPackage(system, name, version);
    if (!check || !contents) continue;
    const lostSettings = await whenKnown(system.facts, () => unstoredSettings(contents, system));
    packages.push({ name, version, isDeployed: check.isDeployed, files: check.files, lostSettings });
  }
  return { kind: "checked", packages };
}
