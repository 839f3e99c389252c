import type { DeployCheck } from "../lifecycle/deploy-check.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { SystemState } from "../system/system-state.ts";
import { checkPackageDeployment } from "./package-manager/package-facts.ts";

export interface CheckedRow
  extends Pick<PackageRow, "name" | "version">,
    Pick<DeployCheck, "isDeployed" | "files"> {}

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
    if (check) packages.push({ name, version, isDeployed: check.isDeployed, files: check.files });
  }
  return { kind: "checked", packages };
}
