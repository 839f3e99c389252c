import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";

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
  const match = /^\s*([A-Za-z(][A-Za-z() ]*?)[\s-]*(\d[\w.]*)?\s*$/.exec(text);
  const product = match && productNames.get(match[1]!.trim().toLowerCase());
  if (!product) return undefined;
  const [, , given = ""] = match;
  const version = /\./.test(given) ? given : `${newestLine(product, given) ?? given}.x`;
  const dialect = dialectOf(product, version);
  return dialect && { product, version: completed(version), dialect };
}

/** The dialect of a product's version; undefined when there is none. */
export function dialectOf(product: string, version: string): DialectId | undefined {
  const major = Number(/^\d{1,3}(?=\.|$)/.exec(version)?.[0] ?? Number.NaN);
  switch (product) {
    case "Znuny":
      return major === 6 ? "znuny-6" : major === 7 ? "znuny-7" : undefined;
    case "OTOBO":
      return major === 10 ? "otobo-10" : major === 11 ? "otobo-11" : undefined;
    case "OTRS":
      if (major >= 2 && major <= 4) return "otrs-legacy";
      if (major === 5) return "otrs-5";
      if (major === 6) return "otrs-6";
      return major === 7 || major === 8 ? "otrs-8" : undefined;
    default:
      return undefined;
  }
}

/** Products with the versions to offer, one for each release line, the newest first. */
export function productVersionsToOffer(): readonly ProductVersion[] {
  const versions: ProductVersion[] = [];
  for (const dialect of [...dialectIds].reverse()) {
    const product = productNameOf(dialect);
    for (const line of [...productOf(dialect).releaseLines].reverse()) {
      versions.push({ product, version: `${line}.x`, dialect });
    }
  }
  return versions;
}

/** As the product that a dialect belongs to writes its name, such as "Znuny". */
export function productNameOf(dialect: DialectId): string {
  return dialect.startsWith("otobo") ? "OTOBO" : dialect.startsWith("znuny") ? "Znuny" : "OTRS";
}

/** What the products were called over the years, in lower case. */
const productNames: ReadonlyMap<string, string> = new Map([
  ["znuny", "Znuny"],
  ["znuny lts", "Znuny"],
  ["otrs", "OTRS"],
  ["((otrs)) community edition", "OTRS"],
  ["otrs ce", "OTRS"],
  ["otobo", "OTOBO"],
]);

/** @param major such as "7"; empty for any */
function newestLine(product: string, major: string): string | undefined {
  return dialectIds
    .filter((each) => productNameOf(each) === product)
    .flatMap((each) => productOf(each).releaseLines)
    .findLast((line) => major === "" || line.startsWith(`${major}.`));
}

/** The frameworks' versions have three parts. */
function completed(version: string): string {
  const parts = version.split(".").length;
  return parts >= 3 ? version : `${version}${".x".repeat(3 - parts)}`;
}
