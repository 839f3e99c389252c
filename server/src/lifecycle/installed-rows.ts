import type { PackageRow, PackageTable } from "../system/package-table.ts";

/** The rows of a package that are installed, oldest first; a package without a name has none. */
export function installedRows(table: PackageTable, name: string | undefined): readonly PackageRow[] {
  if (name === undefined) return [];
  return table.filter((row) => row.name === name && row.status === "installed");
}

export function isInstalled(table: PackageTable, name: string): boolean {
  return table.some((row) => row.name === name && row.status === "installed");
}
