import { type DialectId, familyOf, rootNames } from "./dialect.ts";

/** A path that a file of a package must not have. */
export interface ForbiddenPath {
  /** To be searched in a `Location` as it stands in the spec. */
  readonly pattern: RegExp;
  /** What the path belongs to; the words of messages are made from it. */
  readonly kind: "main-config" | "generated-config" | "cache" | "log" | "traversal" | "absolute";
}

/** What differs between the products apart from elements and attributes. */
export interface Product {
  readonly dialect: DialectId;
  /** How people call it, such as "Znuny 7". */
  readonly label: string;
  /** The root element that the product's builder writes; its version is always 1.1. */
  readonly rootName: string;
  /** The root element of the configuration files that the product reads. */
  readonly configRootName: string;
  readonly configVersion: "1.0" | "2.0";
  /** The folder of those files, relative to the framework's home. */
  readonly configFolder: string;
  /** The index of a repository. */
  readonly indexFileName: string;
  readonly indexRootName: string;
  /** The release lines that exist, such as "7.1", oldest first. */
  readonly releaseLines: readonly string[];
  /** The names of the table of permission groups, the present one first; Znuny 6.0 still had the one of OTRS. */
  readonly permissionGroupTables: readonly string[];
  /**
   * A file with such a `Location` is left out with a line in the log when a package is read, so it is neither built
   * nor installed.
   */
  readonly forbiddenPaths: readonly ForbiddenPath[];
}

/** The product a dialect belongs to. */
export function productOf(dialect: DialectId): Product {
  return products[dialect];
}

/**
 * The list of Znuny 7.1 (PackageParse). A dot stands for any character there, and nothing is anchored at the start,
 * so that `Custom/Kernel/Config.pm` is hit as well. Like Perl's, the end also matches before a final line break.
 */
const znunyForbiddenPaths: readonly ForbiddenPath[] = [
  { pattern: /Kernel\/Config.pm\n?$/, kind: "main-config" },
  { pattern: /Kernel\/Config\/Files\/ZZZAuto.pm\n?$/, kind: "generated-config" },
  { pattern: /Kernel\/Config\/Files\/ZZZAAuto.pm\n?$/, kind: "generated-config" },
  { pattern: /Kernel\/Config\/Files\/ZZZProcessManagement.pm\n?$/, kind: "generated-config" },
  { pattern: /var\/tmp\/Cache/, kind: "cache" },
  { pattern: /var\/log\//, kind: "log" },
  { pattern: /\.\.\//, kind: "traversal" },
  { pattern: /^\//, kind: "absolute" },
];

/** OTOBO 11 (PackageParse) also keeps packages away from the generated access control lists. */
const otoboForbiddenPaths: readonly ForbiddenPath[] = [
  ...znunyForbiddenPaths.slice(0, 3),
  { pattern: /Kernel\/Config\/Files\/ZZZACL.pm\n?$/, kind: "generated-config" },
  ...znunyForbiddenPaths.slice(3),
];

/** What products with the same kind of configuration and index share. */
function product(
  dialect: DialectId,
  own: Pick<Product, "label" | "releaseLines" | "permissionGroupTables"> & Partial<Product>,
): Product {
  const family = familyOf(dialect);
  return {
    dialect,
    rootName: rootNames[family],
    configRootName: `${family}_config`,
    configVersion: "2.0",
    configFolder: "Kernel/Config/Files/XML",
    indexFileName: `${family}.xml`,
    indexRootName: `${family}_package_list`,
    forbiddenPaths: family === "otobo" ? otoboForbiddenPaths : znunyForbiddenPaths,
    ...own,
  };
}

const oldConfig = { configVersion: "1.0", configFolder: "Kernel/Config/Files" } as const;

/**
 * The forbidden paths were read in Znuny 7.1 and OTOBO 11 and are assumed for the releases between OTRS 5 and these;
 * OTRS 3.1 has no such list.
 */
const products: Readonly<Record<DialectId, Product>> = {
  "otrs-legacy": product("otrs-legacy", {
    label: "OTRS 2 to 4",
    releaseLines: ["2.0", "2.1", "2.2", "2.3", "2.4", "3.0", "3.1", "3.2", "3.3", "4.0"],
    permissionGroupTables: ["groups"],
    forbiddenPaths: [],
    ...oldConfig,
  }),
  "otrs-5": product("otrs-5", {
    label: "OTRS 5",
    releaseLines: ["5.0"],
    permissionGroupTables: ["groups"],
    ...oldConfig,
  }),
  "otrs-6": product("otrs-6", { label: "OTRS 6", releaseLines: ["6.0"], permissionGroupTables: ["groups"] }),
  "otrs-8": product("otrs-8", {
    label: "OTRS 7 and 8",
    releaseLines: ["7.0", "8.0"],
    permissionGroupTables: ["groups"],
  }),
  "znuny-6": product("znuny-6", {
    label: "Znuny 6",
    releaseLines: ["6.0", "6.1", "6.2", "6.3", "6.4", "6.5"],
    permissionGroupTables: ["permission_groups", "groups"],
  }),
  "znuny-7": product("znuny-7", {
    label: "Znuny 7",
    releaseLines: ["7.0", "7.1", "7.2", "7.3"],
    permissionGroupTables: ["permission_groups"],
  }),
  "otobo-10": product("otobo-10", {
    label: "OTOBO 10",
    releaseLines: ["10.0", "10.1"],
    permissionGroupTables: ["groups_table"],
  }),
  "otobo-11": product("otobo-11", {
    label: "OTOBO 11",
    releaseLines: ["11.0", "11.1"],
    permissionGroupTables: ["groups_table"],
  }),
};
