import { checkDeployment, type DeployCheck } from "../lifecycle/deploy-check.ts";
import type { PackageRow } from "../system/package-table.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";

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
 * @param names of the packages to look at; empty for all
 * @throws PackageError when an archive or a file cannot be read
 */
export async function checkDeployments(
  system: SystemState,
  names: readonly string[] = [],
): Promise<DeploymentOutcome> {
  const { facts, archives, packages: rows } = system;
  const unknown = names.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) return { kind: "unknown-package", name: unknown };
  const packages: CheckedRow[] = [];
  for (const { name, version, status, digest } of rows) {
    if (status !== "installed" || (names.length > 0 && !names.includes(name))) continue;
    const { isDeployed, files } = await whenKnown(facts, () =>
      checkDeployment(archives.contents(digest), system),
    );
    packages.push({ name, version, isDeployed, files });
  }
  return { kind: "checked", packages };
}
