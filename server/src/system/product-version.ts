import {
  type DialectId,
  dialectIds,
  dialectOf,
  type ProductName,
  productNamed,
  productOf,
} from "../dialect/products.ts";
import type { Message } from "../l10n/translate.ts";
import { shortened } from "../text/visible.ts";

/** A framework with its version. */
export interface ProductVersion {
  /** As the product writes its name, such as "Znuny". */
  readonly product: string;
  /** As the running system reports it, such as "7.1.3". */
  readonly version: string;
  readonly dialect: DialectId;
}

/**
 * Reads what people and `RELEASE` files call a framework, such as "Znuny 7.1.3" or "otobo 11.0.x".
 *
 * A name alone stands for its newest release line, a name with a major version such as "7" for the newest line of
 * that, and a line such as "7.1" for a version that nobody knows further: "7.1.x", which is what checkouts of a branch
 * report.
 *
 * @returns undefined for a product or a line that SOPM knows nothing about
 */
export function readProductVersion(text: string): ProductVersion | undefined {
  const { product, given } = partsOf(text);
  if (!product) return undefined;
  const version = /\./.test(given) ? given : `${newestLine(product, given) ?? given}.x`;
  const dialect = dialectOf(product, version);
  return dialect && { product, version: completed(version), dialect };
}

/** Why {@link readProductVersion} makes nothing of a text, and what to write instead. */
export function unknownProduct(value: string): Message {
  const { product } = partsOf(value);
  if (!product) {
    const text = "“{value}” is no product that SOPM knows; write it as “Znuny 7.1.3”.";
    return { text, values: { value: shortened(value, longest) } };
  }
  return {
    text: "“{value}” is no release of {product} that SOPM knows; the newest line that it knows is {newest}.",
    values: { value, product, newest: newestLine(product, "")! },
  };
}

/** Characters; more than any product with its version has. */
const longest = 100;

function partsOf(text: string): { readonly product: ProductName | undefined; readonly given: string } {
  if (text.length > longest) return { product: undefined, given: "" };
  const [, name = "", given = ""] = /^\s*([A-Za-z(][A-Za-z() ]*?)[\s-]*(\d[\w.]*)?\s*$/.exec(text) ?? [];
  return { product: productNamed(name.trim()), given };
}

/** Products with the versions to offer, one for each release line, the newest first. */
export function productVersionsToOffer(): readonly ProductVersion[] {
  const versions: ProductVersion[] = [];
  for (const dialect of [...dialectIds].reverse()) {
    const { product, releaseLines } = productOf(dialect);
    for (const line of [...releaseLines].reverse()) {
      versions.push({ product, version: `${line}.x`, dialect });
    }
  }
  return versions;
}

/** @param major such as "7"; empty for any */
function newestLine(product: ProductName, major: string): string | undefined {
  return dialectIds
    .filter((each) => productOf(each).product === product)
    .flatMap((each) => productOf(each).releaseLines)
    .findLast((line) => major === "" || line.startsWith(`${major}.`));
}

/** The frameworks' versions have three parts. */
function completed(version: string): string {
  const parts = version.split(".").length;
  return parts >= 3 ? version : `${version}${".x".repeat(3 - parts)}`;
}
