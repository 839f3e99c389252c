import { type Family, productOf } from "../../dialect/products.ts";
import type { PackagePart } from "../../protocol/new-package.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import type { KnowledgeFor } from "../default-system.ts";
import { type PackageWishes, usualLicense } from "./wishes.ts";

/** What the texts of a new package are made with. */
export interface PackageNames {
  readonly name: string;
  /** How modules and files are called: the name without hyphens. */
  readonly module: string;
  /** For people: the words of the name. */
  readonly title: string;
  /** The only table. */
  readonly table: string;
  /** The group of agents who use it. */
  readonly group: string;
  readonly family: Family;
  readonly products: readonly ProductVersion[];
  /** Whether the module that makes a test run by itself is in all products. */
  readonly hasTestDriver: boolean;
  readonly vendor: string;
  readonly url: string;
  readonly license: string;
  /** "YYYY-MM-DD hh:mm:ss". */
  readonly now: string;
  readonly has: (part: PackagePart) => boolean;
}

/** Parts that use the module, and so bring it. */
const usesModule: readonly PackagePart[] = ["frontend", "table", "test"];

/** @param now "YYYY-MM-DD hh:mm:ss", local time */
export function packageNames(wishes: PackageWishes, now: string, knowledgeFor: KnowledgeFor): PackageNames {
  const { name, products, vendor, url, license, parts } = wishes;
  const words = name
    .split("-")
    .flatMap((part) => part.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[A-Z]/g) ?? []);
  const slug = words.join("_").toLowerCase();
  const bringsModule = usesModule.some((part) => parts.has(part));
  return {
    ...{ name, products, now },
    module: name.replaceAll("-", ""),
    title: words.join(" "),
    // Names of Oracle end at 30 characters, and keys are named after their table.
    table: `${slug.slice(0, 18).replace(/_$/, "")}_entry`,
    group: slug.replaceAll("_", "-"),
    hasTestDriver: products.every(({ product, version }) =>
      knowledgeFor(product, version).isFrameworkModule("Kernel::System::UnitTest::RegisterDriver"),
    ),
    family: productOf(products[0]!.dialect).family,
    vendor: vendor.trim(),
    url: url?.trim() ?? standIn(vendor),
    license: license?.trim() ?? usualLicense(products),
    has: (part) => parts.has(part) || (part === "module" && bringsModule),
  };
}

/** An address that leads nowhere, for whoever has named none. */
function standIn(vendor: string): string {
  const host = vendor
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `https://${host || "vendor"}.example/`;
}
