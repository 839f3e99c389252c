/** What the root element tells: Znuny kept the root element of OTRS, OTOBO took its own. */
export type Family = "otrs" | "otobo";

export const families: readonly Family[] = ["otrs", "otobo"];

/** The root element of specs and archives, per family. */
export const rootNames: Readonly<Record<Family, string>> = { otrs: "otrs_package", otobo: "otobo_package" };

/** A framework as a whole, whatever its releases do. */
interface FrameworkRow {
  readonly family: Family;
  /** What it was called over the years, in lower case. */
  readonly names: readonly string[];
}

/** As each product writes its name. Of two with the same release line the later one is taken for meant. */
const frameworks = {
  OTRS: { family: "otrs", names: ["otrs", "((otrs)) community edition", "otrs ce"] },
  Znuny: { family: "otrs", names: ["znuny", "znuny lts"] },
  OTOBO: { family: "otobo", names: ["otobo"] },
} as const satisfies Readonly<Record<string, FrameworkRow>>;

/** As a product writes its name, such as "Znuny". */
export type ProductName = keyof typeof frameworks;

export const productNames = Object.keys(frameworks) as readonly ProductName[];

interface ProductRow {
  readonly dialect: string;
  readonly product: ProductName;
  readonly label: string;
  readonly shortLabel?: string;
  readonly releaseLines: readonly string[];
  readonly permissionGroupTables: readonly string[];
}

/** A new release line is one more row, or one more line in a row; the rest of the code asks this table. */
const rows = [
  {
    dialect: "otrs-legacy",
    product: "OTRS",
    label: "OTRS 2 to 4",
    shortLabel: "OTRS 2–4",
    releaseLines: ["2.0", "2.1", "2.2", "2.3", "2.4", "3.0", "3.1", "3.2", "3.3", "4.0"],
    permissionGroupTables: ["groups"],
  },
  {
    dialect: "otrs-5",
    product: "OTRS",
    label: "OTRS 5",
    releaseLines: ["5.0"],
    permissionGroupTables: ["groups"],
  },
  {
    dialect: "otrs-6",
    product: "OTRS",
    label: "OTRS 6",
    releaseLines: ["6.0"],
    permissionGroupTables: ["groups"],
  },
  {
    dialect: "otrs-8",
    product: "OTRS",
    label: "OTRS 7 and 8",
    shortLabel: "OTRS 8",
    releaseLines: ["7.0", "8.0"],
    permissionGroupTables: ["groups"],
  },
  {
    dialect: "znuny-6",
    product: "Znuny",
    label: "Znuny 6",
    releaseLines: ["6.0", "6.1", "6.2", "6.3", "6.4", "6.5"],
    permissionGroupTables: ["permission_groups", "groups"],
  },
  {
    dialect: "znuny-7",
    product: "Znuny",
    label: "Znuny 7",
    releaseLines: ["7.0", "7.1", "7.2", "7.3"],
    permissionGroupTables: ["permission_groups"],
  },
  {
    dialect: "otobo-10",
    product: "OTOBO",
    label: "OTOBO 10",
    releaseLines: ["10.0", "10.1"],
    permissionGroupTables: ["groups_table"],
  },
  {
    dialect: "otobo-11",
    product: "OTOBO",
    label: "OTOBO 11",
    releaseLines: ["11.0", "11.1"],
    permissionGroupTables: ["groups_table"],
  },
] as const satisfies readonly ProductRow[];

/** One line of releases with one package format, such as "znuny-7". */
export type DialectId = (typeof rows)[number]["dialect"];

/** The lines of package formats, oldest first in each product. */
export const dialectIds: readonly DialectId[] = rows.map(({ dialect }) => dialect);

/** What releases of one dialect have in common apart from elements and attributes. What differs is in `switches.ts`. */
export interface Product {
  readonly dialect: DialectId;
  readonly product: ProductName;
  readonly family: Family;
  /** How people call it, such as "Znuny 7". */
  readonly label: string;
  /** The same where there is little room. */
  readonly shortLabel: string;
  /** The root element that the product's builder writes; its version is always 1.1. */
  readonly rootName: string;
  /** The root element of the configuration files that the product reads. */
  readonly configRootName: string;
  /** The index of a repository. */
  readonly indexFileName: string;
  readonly indexRootName: string;
  /** The release lines that exist, such as "7.1", oldest first. */
  readonly releaseLines: readonly string[];
  /** The names of the table of permission groups, the present one first; Znuny 6.0 still had the one of OTRS. */
  readonly permissionGroupTables: readonly string[];
}

/** The product a dialect belongs to. */
export function productOf(dialect: DialectId): Product {
  return products.get(dialect)!;
}

const products: ReadonlyMap<DialectId, Product> = new Map(
  rows.map((row: ProductRow & { readonly dialect: DialectId }): [DialectId, Product] => {
    const { dialect, product, label, shortLabel = label, releaseLines, permissionGroupTables } = row;
    const { family } = frameworks[product];
    return [
      dialect,
      {
        ...{ dialect, product, family, label, shortLabel, releaseLines, permissionGroupTables },
        rootName: rootNames[family],
        configRootName: `${family}_config`,
        indexFileName: indexFileOf(family),
        indexRootName: indexRootOf(family),
      },
    ];
  }),
);

function indexFileOf(family: Family): string {
  return `${family}.xml`;
}

function indexRootOf(family: Family): string {
  return `${family}_package_list`;
}

/** The family whose products look for an index of this name; undefined where none does. */
export function familyOfIndex(fileName: string | undefined): Family | undefined {
  return families.find((family) => indexFileOf(family) === fileName);
}

/** The family whose builders call the root element of an index so; undefined where none does. */
export function familyOfIndexRoot(name: string | undefined): Family | undefined {
  return families.find((family) => indexRootOf(family) === name);
}

/** The product that people or a framework call so, letter case aside; undefined for one that nobody knows. */
export function productNamed(name: string): ProductName | undefined {
  const wanted = name.toLowerCase();
  return productNames.find((each) => (frameworks[each].names as readonly string[]).includes(wanted));
}

/** The products whose packages have the same root element. */
export function productsOf(family: Family): readonly ProductName[] {
  return productNames.filter((each) => frameworks[each].family === family);
}

/**
 * The dialect of a product's version, which begins with a major version such as "7".
 *
 * @returns undefined for a product or a major version that has no row
 */
export function dialectOf(product: string, version: string): DialectId | undefined {
  const major = /^\d{1,3}(?=\.|$)/.exec(version)?.[0];
  return dialectIds.find(
    (each) => productOf(each).product === product && majorsOf(each).includes(Number(major)),
  );
}

/** The first release of a release line, such as "7.1.1". */
export function firstVersionOf(product: ProductName, line: string): string {
  return `${line}.${firstPatches[`${product} ${line}`] ?? 1}`;
}

/** Where it is not 1: Znuny 6.0 took up the numbers of OTRS 6.0. */
const firstPatches: Readonly<Record<string, number>> = { "Znuny 6.0": 31 };

/** The major versions of a dialect, oldest first. */
export function majorsOf(dialect: DialectId): readonly number[] {
  return majors.get(dialect)!;
}

/** Made once: each release of a framework is looked up by them. */
const majors = new Map(
  dialectIds.map((dialect) => {
    const lines = productOf(dialect).releaseLines;
    return [dialect, [...new Set(lines.map((line) => Number(line.split(".")[0])))]];
  }),
);
