import type { PackageContents } from "../builder/package-contents.ts";

/** What a system records of one package. */
export interface PackageRow {
  readonly name: string;
  readonly version: string;
  readonly vendor: string;
  readonly status: "installed" | "not installed";
  /** What tells its archive from others: SHA-256 of the bytes in hexadecimal. */
  readonly digest: string;
}

/**
 * The rows in order of their creation, oldest first. A forced install can leave several rows of one name.
 *
 * @source Znuny 7.1 and OTOBO 11, table package_repository and RepositoryList
 */
export type PackageTable = readonly PackageRow[];

/** The archives that rows refer to, wherever they are. */
export interface ArchiveStore {
  /**
   * The package as the system's package manager reads it.
   *
   * @throws PackageError when the archive is not there or cannot be read
   */
  read(digest: string): Promise<PackageContents>;
}

/** The archives that rows refer to, asked for without waiting. */
export interface StoredArchives {
  /**
   * The package as the system's package manager reads it. The same digest gives the same object.
   *
   * @throws PackageError when the archive is not there or cannot be read
   */
  contents(digest: string): PackageContents;
}

export type PackageTableChange =
  /** Removes all rows of a name, or only those of one version. */
  | { readonly kind: "remove-rows"; readonly name: string; readonly version: string | undefined }
  /** Adds a row that is not installed yet. Whoever performs it stores the archive first. */
  | { readonly kind: "add-row"; readonly row: PackageRow; readonly contents: PackageContents }
  | {
      readonly kind: "set-status";
      readonly name: string;
      readonly version: string;
      readonly status: PackageRow["status"];
    };

export function changePackageTable(table: PackageTable, change: PackageTableChange): PackageTable {
  switch (change.kind) {
    case "remove-rows":
      return table.filter(
        ({ name, version }) =>
          name !== change.name || (change.version !== undefined && version !== change.version),
      );
    case "add-row":
      return [...table, change.row];
    case "set-status":
      return table.map((row) =>
        row.name === change.name && row.version === change.version ? { ...row, status: change.status } : row,
      );
  }
}
