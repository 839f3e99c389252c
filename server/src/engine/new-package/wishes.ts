import { codePolicies } from "../../dialect/code-policies.ts";
import { dialectIds, productOf } from "../../dialect/products.ts";
import { isOn } from "../../dialect/switches.ts";
import { releaseFor } from "../../knowledge/releases.ts";
import type { Message } from "../../l10n/translate.ts";
import type { PackagePart } from "../../protocol/new-package.ts";
import type { ProductVersion } from "../../system/product-version.ts";

/** What somebody wants of a new package. */
export interface PackageWishes {
  readonly name: string;
  /** The releases that it is for; at least one, and all of them take the same packages. */
  readonly products: readonly ProductVersion[];
  readonly vendor: string;
  /** Undefined for an address that stands for it until it is known. */
  readonly url: string | undefined;
  /** Undefined for the licence of the product's code policy. */
  readonly license: string | undefined;
  readonly parts: ReadonlySet<PackagePart>;
}

/** The release lines that new packages can be made for, such as "Znuny 7.1", the newest of each product first. */
export function productsForNewPackages(): readonly string[] {
  return dialectIds.toReversed().flatMap((dialect) => {
    const { product, releaseLines } = productOf(dialect);
    return releaseLines
      .toReversed()
      .filter((line) => isForNewPackages({ product, version: `${line}.x`, dialect }))
      .map((line) => `${product} ${line}`);
  });
}

/** Those that keep settings in the database, which is what the files of a new package are written for. */
function isForNewPackages({ product, version, dialect }: ProductVersion): boolean {
  return isOn("settingsInDatabase", { dialect, version }) && releaseFor(product, version) !== undefined;
}

/** By product the licence that its code policy writes into packages; packages for OTRS have the one of Znuny's. */
export function usualLicense(products: readonly { readonly product: string }[]): string {
  const named = codePolicies.find((policy) => products.some(({ product }) => product === policy.product));
  return (named ?? codePolicies[0]!).license;
}

/** Longer names make names of tables that are cut, and paths that nobody reads. */
const longestName = 50;

/** Why no package can be made as wanted; undefined when one can. Whether a framework has files of the same names is another question. */
export function objectionTo({ name, products, vendor, url, license }: PackageWishes): Message | undefined {
  if (!/^[A-Za-z][A-Za-z\d]*(?:-[A-Za-z][A-Za-z\d]*)*$/.test(name)) {
    return {
      text: "“{name}” cannot be the name of a new package. Modules and files are named after it, so that it is made of letters from A to Z and digits, begins with a letter, and may have hyphens between words.",
      values: { name },
    };
  }
  if (name.length > longestName) {
    return {
      text: "The name has {length} characters. Choose one with no more than {most}, as files and tables are named after it.",
      values: { length: name.length, most: longestName },
    };
  }
  const wrong = [vendor, url ?? "-", license ?? "-"].find((each) => !isOneLine(each));
  if (wrong !== undefined) {
    return { text: "Vendor, address and licence are one line of text each, and none of them is empty." };
  }
  if (url !== undefined && !/^https?:\/\/[^\s/]+/.test(url)) {
    return { text: "“{url}” is no address that begins with http:// or https://.", values: { url } };
  }
  return objectionToProducts(products);
}

/** Characters that nobody sees are in no name of a vendor, and would hide what stands in the head of each file. */
function isOneLine(text: string): boolean {
  return text.trim() !== "" && !/[\p{Cc}\u2028\u2029]/u.test(text) && !/\p{Cf}|\p{Cs}|\p{Cn}/u.test(text);
}

function objectionToProducts(products: readonly ProductVersion[]): Message | undefined {
  const [first] = products;
  if (!first) return { text: "Name the product that the package is for, such as “Znuny 7.1”." };
  const unfit = products.find((each) => !isForNewPackages(each));
  if (unfit) {
    return {
      text: "No new package is made for {product}. They are made for these: {products}.",
      values: { product: labelOf(unfit), products: productsForNewPackages().join(", ") },
    };
  }
  const other = products.find(({ dialect }) => productOf(dialect).family !== productOf(first.dialect).family);
  if (other) {
    return {
      text: "One package cannot be for {first} and {other}: their settings files begin with different elements, and each reads its own alone. Make two packages.",
      values: { first: labelOf(first), other: labelOf(other) },
    };
  }
  return undefined;
}

/** Such as "Znuny 7.1", or "Znuny 7.1.3" where the patch level is known. */
export function labelOf({ product, version }: Pick<ProductVersion, "product" | "version">): string {
  return `${product} ${version.replace(/(?:\.x)+$/, "")}`;
}
